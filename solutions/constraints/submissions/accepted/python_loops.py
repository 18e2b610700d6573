"""Plain Python loops over rows and columns, one number at a time."""
import math

import numpy as np


def max_norm(W, c):
    if not c > 0:
        raise ValueError("c")
    D, M = len(W), len(W[0])
    out = [[0.0] * M for _ in range(D)]
    for j in range(M):
        total = 0.0
        for i in range(D):
            total += float(W[i][j]) ** 2
        length = math.sqrt(total)
        for i in range(D):
            out[i][j] = float(W[i][j]) if length <= c else float(W[i][j]) * c / length
    return np.array(out)


def clip_by_global_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm")
    total = 0.0
    for key in grads:
        for value in np.ravel(grads[key]):
            total += float(value) * float(value)
    norm = math.sqrt(total)
    clipped = {}
    for key in grads:
        copy = np.array(grads[key], dtype=float)
        if norm > max_norm:
            flat = [float(v) * max_norm / norm for v in copy.ravel()]
            copy = np.array(flat).reshape(copy.shape)
        clipped[key] = copy
    return clipped, norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    flat = [a - lr * (g + wd * a) for a, g in zip(np.ravel(x).tolist(), np.ravel(grad).tolist())]
    return np.array(flat).reshape(np.shape(x)), state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    t = state.get("t", 0) + 1
    m = state.get("m") or [0.0] * np.size(x)
    c = state.get("c") or [0.0] * np.size(x)
    xs = np.ravel(x).tolist()
    for i, g in enumerate(np.ravel(grad).tolist()):
        m[i] = beta1 * m[i] + (1 - beta1) * g
        c[i] = beta2 * c[i] + (1 - beta2) * g * g
        xs[i] *= 1 - lr * wd
        xs[i] -= lr * (m[i] / (1 - beta1 ** t)) / (math.sqrt(c[i] / (1 - beta2 ** t)) + eps)
    return np.array(xs).reshape(np.shape(x)), {"t": t, "m": m, "c": c}
