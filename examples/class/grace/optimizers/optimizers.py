"""Unusual: plain Python loops over flat lists, one number at a time; the shuffle is a Fisher-Yates written by hand."""

import math

import numpy as np


def _shaped(numbers, like):
    return np.array(numbers, dtype=float).reshape(np.shape(like))


def _flat(a):
    result = []
    for value in np.asarray(a).flat:
        result.append(float(value))
    return result


def minibatches(n, batch_size, rng):
    order = [i for i in range(n)]
    i = n - 1
    while i > 0:
        j = int(rng.integers(i + 1))  # 0 .. i, both included
        order[i], order[j] = order[j], order[i]
        i -= 1
    batches = []
    current = []
    for index in order:
        current.append(index)
        if len(current) == batch_size:
            batches.append(np.array(current))
            current = []
    if current:  # the incomplete last one
        batches.append(np.array(current))
    return batches


def sgd(x, grad, state, lr):
    new = [a - lr * b for a, b in zip(_flat(x), _flat(grad))]
    return _shaped(new, x), state


def momentum(x, grad, state, lr, rho=0.9):
    v = state["v"] if "v" in state else [0.0] * np.size(x)
    new_x, new_v = [], []
    for xi, gi, vi in zip(_flat(x), _flat(grad), v):
        vi = rho * vi + gi
        new_v.append(vi)
        new_x.append(xi - lr * vi)
    return _shaped(new_x, x), {"v": new_v}


def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = state["v"] if "v" in state else [0.0] * np.size(x)
    here = _flat(x)
    look_ahead = [here[i] + rho * v[i] for i in range(len(here))]
    g = _flat(grad_fn(_shaped(look_ahead, x)))
    for i in range(len(here)):
        v[i] = rho * v[i] - lr * g[i]
        here[i] = here[i] + v[i]
    return _shaped(here, x), {"v": v}


def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", [0.0] * np.size(x))
    xs, gs = _flat(x), _flat(grad)
    for i in range(len(xs)):
        c[i] += gs[i] ** 2
        xs[i] -= lr * gs[i] / (math.sqrt(c[i]) + eps)
    return _shaped(xs, x), {"c": c}


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = state.get("c", [0.0] * np.size(x))
    xs, gs = _flat(x), _flat(grad)
    for i in range(len(xs)):
        c[i] = beta * c[i] + (1 - beta) * gs[i] * gs[i]
        xs[i] -= lr * gs[i] / (math.sqrt(c[i]) + eps)
    return _shaped(xs, x), {"c": c}


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    pairs = state.get("pairs") or [(0.0, 0.0)] * np.size(x)
    xs = []
    new_pairs = []
    for xi, g, (c, d) in zip(_flat(x), _flat(grad), pairs):
        c = rho * c + (1 - rho) * g * g
        delta = g * math.sqrt(d + eps) / math.sqrt(c + eps)
        d = rho * d + (1 - rho) * delta * delta
        xs.append(xi - lr * delta)
        new_pairs.append((c, d))
    return _shaped(xs, x), {"pairs": new_pairs}


def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t = state.get("t", 0) + 1
    m = state.get("m", [0.0] * np.size(x))
    c = state.get("c", [0.0] * np.size(x))
    down1 = down2 = 1.0
    if bias_correction:
        down1, down2 = 1 - beta1**t, 1 - beta2**t
    xs = _flat(x)
    for i, g in enumerate(_flat(grad)):
        m[i] = beta1 * m[i] + (1 - beta1) * g
        c[i] = beta2 * c[i] + (1 - beta2) * g * g
        xs[i] -= lr * (m[i] / down1) / (math.sqrt(c[i] / down2) + eps)
    return _shaped(xs, x), {"t": t, "m": m, "c": c}
