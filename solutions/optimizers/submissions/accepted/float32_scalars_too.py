"""Unusual: float32 for everything, the hyperparameters (even 1 - beta2) included; results are float32."""
import numpy as np
from numpy import float32 as f32, sqrt

ONE = f32(1)


def minibatches(n, batch_size, rng):
    shuffled = rng.permuted(np.arange(n, dtype=np.uint32))
    number = -(-n // batch_size)  # rounded up
    return tuple(shuffled[b * batch_size:(b + 1) * batch_size] for b in range(number))


def start(a):
    return np.zeros(np.shape(a), f32)


def sgd(x, grad, state, lr):
    return f32(x) - f32(lr) * f32(grad), None


def momentum(x, grad, state, lr, rho=0.9):
    velocity = state or [start(x)]
    v = f32(rho) * velocity.pop() + f32(grad)
    return f32(x) - f32(lr) * v, [v]


def nesterov(x, grad_fn, state, lr, rho=0.9):
    x, lr, rho = f32(x), f32(lr), f32(rho)
    carried = rho * (state.pop() if state else start(x))
    v = carried - lr * f32(grad_fn(x + carried))
    return x + v, [v]


def adagrad(x, grad, state, lr, eps=1e-10):
    c, g = (state.pop() if state else start(x)), f32(grad)
    c = c + g * g
    return f32(x) - f32(lr) * g / (sqrt(c) + f32(eps)), [c]


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    beta, g = f32(beta), f32(grad)
    c = beta * (state.pop() if state else start(x)) + (ONE - beta) * g * g
    return f32(x) - f32(lr) * g / (sqrt(c) + f32(eps)), [c]


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    lr, rho, eps, g = f32(lr), f32(rho), f32(eps), f32(grad)
    c, d = state or (start(x), start(x))
    c = rho * c + (ONE - rho) * g * g
    step = sqrt(d + eps) / sqrt(c + eps) * g
    d = rho * d + (ONE - rho) * step * step
    return f32(x) - lr * step, (c, d)


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    lr, b1, b2, eps, g = (f32(q) for q in (lr, beta1, beta2, eps, grad))
    m, c, p1, p2 = state or (start(x), start(x), ONE, ONE)
    p1, p2 = p1 * b1, p2 * b2
    m = b1 * m + (ONE - b1) * g
    c = b2 * c + (ONE - b2) * g * g
    if bias_correction:
        step = m / (ONE - p1) / (sqrt(c / (ONE - p2)) + eps)
    else:
        step = m / (sqrt(c) + eps)
    return f32(x) - lr * step, (m, c, p1, p2)
