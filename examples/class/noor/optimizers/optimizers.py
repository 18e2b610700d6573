"""Unusual: all arrays are float32 from the first line to the result (the hyperparameters stay Python floats)."""

import numpy as np

F = np.float32


def minibatches(n, batch_size, rng):
    p = rng.permutation(n).astype(np.int32)
    return [p[i : i + batch_size] for i in range(0, n, batch_size)]


def _f32(*arrays):
    return [np.asarray(a, dtype=F) for a in arrays]


def sgd(x, grad, state, lr):
    x, grad = _f32(x, grad)
    return x - lr * grad, state


def momentum(x, grad, state, lr, rho=0.9):
    x, grad = _f32(x, grad)
    v = rho * state.get("v", np.zeros(x.shape, F)) + grad
    return x - lr * v, dict(v=v)


def nesterov(x, grad_fn, state, lr, rho=0.9):
    (x,) = _f32(x)
    v = state.get("v", np.zeros(x.shape, F))
    (g,) = _f32(grad_fn(x + rho * v))
    v = rho * v - lr * g
    return x + v, dict(v=v)


def adagrad(x, grad, state, lr, eps=1e-10):
    x, g = _f32(x, grad)
    c = state.get("c", np.zeros(x.shape, F)) + g * g
    return x - lr * g / (np.sqrt(c) + eps), dict(c=c)


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    x, g = _f32(x, grad)
    c = beta * state.get("c", np.zeros(x.shape, F)) + (1 - beta) * np.square(g)
    return x - lr * g / (np.sqrt(c) + eps), dict(c=c)


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    x, g = _f32(x, grad)
    c = state.get("c", np.zeros(x.shape, F))
    d = state.get("d", np.zeros(x.shape, F))
    c = rho * c + (1 - rho) * g * g
    delta = g * np.sqrt(d + eps) / np.sqrt(c + eps)
    d = rho * d + (1 - rho) * delta * delta
    return x - lr * delta, dict(c=c, d=d)


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    x, g = _f32(x, grad)
    m = state.get("m", np.zeros(x.shape, F))
    c = state.get("c", np.zeros(x.shape, F))
    t = state.get("t", 0) + 1
    m = beta1 * m + (1 - beta1) * g
    c = beta2 * c + (1 - beta2) * g * g
    mh, ch = m, c
    if bias_correction:
        mh = m / (1 - beta1**t)
        ch = c / (1 - beta2**t)
    return x - lr * mh / (np.sqrt(ch) + eps), dict(m=m, c=c, t=t)
