"""AdamW's moments as sums without the factors 1 - beta, divided by the sums of the weights."""
from types import SimpleNamespace

import numpy as np


def max_norm(W, c):
    if c > 0:
        sizes = (W ** 2).sum(0) ** .5
        return W / np.maximum(sizes / c, 1)
    raise ValueError(f"c={c}")


def clip_by_global_norm(grads, max_norm):
    if max_norm > 0:
        norm = sum((np.asarray(g) ** 2).sum() for g in grads.values()) ** .5
        return {k: g / max(norm / max_norm, 1) for k, g in grads.items()}, norm
    raise ValueError(f"max_norm={max_norm}")


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return np.sum([x, -lr * grad, -lr * wd * x], axis=0), state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    s = state.get("s") or SimpleNamespace(a=0.0, b=0.0, na=0.0, nb=0.0)
    s.a, s.na = beta1 * s.a + grad, beta1 * s.na + 1
    s.b, s.nb = beta2 * s.b + grad**2, beta2 * s.nb + 1
    return x - lr * (wd * x + (s.a / s.na) / (eps + np.sqrt(s.b / s.nb))), {"s": s}
