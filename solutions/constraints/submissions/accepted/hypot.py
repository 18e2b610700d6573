"""Norms by a running hypot; the denominator of AdamW by multiplying through with the corrections."""
from functools import reduce

import numpy as np


def max_norm(W, c):
    if not (c > 0):
        raise ValueError("c must be > 0")
    norm = np.hypot.reduce(W, axis=0, initial=0.0)
    return np.where(norm > c, W * c, W * norm) / np.where(norm == 0, 1.0, np.where(norm > c, norm, norm))


def clip_by_global_norm(grads, max_norm):
    if not (max_norm > 0):
        raise ValueError("max_norm must be > 0")
    norm = reduce(np.hypot, (np.hypot.reduce(np.ravel(g), initial=0.0) for g in grads.values()), 0.0)
    if norm <= max_norm:
        return dict(grads), norm
    return {k: (g / norm) * max_norm for k, g in grads.items()}, norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return np.subtract(x, np.multiply(lr, np.add(grad, np.multiply(wd, x)))), state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * grad
    r = np.hypot(np.sqrt(beta2) * state.get("r", 0), np.sqrt(1 - beta2) * grad)  # root of the second moment
    k1, k2 = 1 - beta1**t, np.sqrt(1 - beta2**t)
    return x - lr * (wd * x + m * k2 / (k1 * (r + eps * k2))), {"t": t, "m": m, "r": r}
