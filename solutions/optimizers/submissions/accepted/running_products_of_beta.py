"""Unusual: Adam multiplies beta up step by step and folds both corrections into the rate and eps; one-liners elsewhere."""
import numpy as np
from numpy import sqrt, zeros_like


def minibatches(n, batch_size, rng):
    # two integer keys, should the first ever tie
    keys = rng.integers(0, 2**62, size=(2, n))
    idx = np.lexsort(keys)
    full, rest = divmod(n, batch_size)
    out = list(idx[: full * batch_size].reshape(full, batch_size))
    if rest:
        out.append(idx[-rest:])
    return out


def sgd(x, grad, state, lr):
    return np.subtract(x, np.multiply(lr, grad)), state


def momentum(x, grad, state, lr, rho=0.9):
    state = {"v": grad + rho * state["v"]} if state else {"v": grad + 0}
    return x - lr * state["v"], state


def nesterov(x, grad_fn, state, lr, rho=0.9):
    # v in units of the gradient; the rate comes in at the very end
    v = state.get("v", zeros_like(x))
    v = rho * v + grad_fn(x - lr * rho * v)
    return x - lr * v, {"v": v}


def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", zeros_like(x)) + np.abs(grad) ** 2
    return x - lr / (eps + sqrt(c)) * grad, {"c": c}


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = state.get("c", zeros_like(x)) * beta
    c = c + grad * ((1 - beta) * grad)
    return x - lr / (eps + sqrt(c)) * grad, {"c": c}


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    # eps is carried inside both averages: it is a fixed point of the decay
    C, D = state.get("CD", (eps, eps))
    C = rho * C + (1 - rho) * (grad**2 + eps)
    step = grad * sqrt(D / C)
    D = rho * D + (1 - rho) * (step**2 + eps)
    return x - lr * step, {"CD": (C, D)}


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    if not state:
        state = dict(m=zeros_like(x), c=zeros_like(x), pow1=1.0, pow2=1.0)
    m = state["m"] * beta1 + grad * (1 - beta1)
    c = state["c"] * beta2 + grad * grad * (1 - beta2)
    pow1 = state["pow1"] * beta1  # beta1^t without a counter
    pow2 = state["pow2"] * beta2
    rate, small = lr, eps
    if bias_correction:
        s = sqrt(1 - pow2)
        rate, small = lr * s / (1 - pow1), eps * s
    return x - rate * m / (sqrt(c) + small), dict(m=m, c=c, pow1=pow1, pow2=pow2)
