"""Unusual: x, grad and the state dict are all changed in place and handed back as the same objects."""

import numpy as np


def minibatches(n, batch_size, rng):
    everything = np.arange(n)
    rng.shuffle(everything)
    out = []
    for start in range(0, n, batch_size):
        out.append(everything[start : start + batch_size])  # views of one array
    return out


def sgd(x, grad, state, lr):
    grad *= lr
    x -= grad
    return x, state


def momentum(x, grad, state, lr, rho=0.9):
    # v starts at 0, so the first velocity IS the first gradient (kept without a copy)
    if "v" not in state:
        state["v"] = grad
    else:
        state["v"] *= rho
        state["v"] += grad
    x -= lr * state["v"]
    return x, state


def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = state.setdefault("v", np.zeros(x.shape))
    v *= rho
    x += v  # now x stands at the look-ahead point ...
    g = grad_fn(x.copy())
    v -= lr * g
    x -= lr * g  # ... and from there only the gradient's part is missing
    return x, state


def adagrad(x, grad, state, lr, eps=1e-10):
    if not state:
        state["c"] = np.zeros_like(x)
    state["c"] += grad * grad
    grad /= np.sqrt(state["c"]) + eps
    grad *= lr
    x -= grad
    return x, state


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = state.setdefault("c", np.zeros_like(x))
    c *= beta
    c += (1 - beta) * grad**2
    grad /= np.sqrt(c) + eps
    grad *= lr
    x -= grad
    return x, state


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    if not state:
        state.update(c=np.zeros_like(x), d=np.zeros_like(x))
    c, d = state["c"], state["d"]
    c *= rho
    c += (1 - rho) * grad * grad
    grad *= np.sqrt(d + eps)
    grad /= np.sqrt(c + eps)
    d *= rho
    d += (1 - rho) * grad * grad
    x -= lr * grad
    return x, state


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    if not state:
        state.update(t=0, m=np.zeros_like(x), c=np.zeros_like(x))
    state["t"] += 1
    state["m"] *= beta1
    state["m"] += (1 - beta1) * grad
    grad *= grad
    state["c"] *= beta2
    state["c"] += (1 - beta2) * grad
    m, c = state["m"], state["c"]
    if bias_correction:
        m = m / (1 - beta1 ** state["t"])
        c = c / (1 - beta2 ** state["t"])
    x -= lr * m / (np.sqrt(c) + eps)
    return x, state
