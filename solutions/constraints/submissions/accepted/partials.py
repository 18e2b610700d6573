"""One engine each for limits and for steps, and partials of them."""
from functools import partial

import numpy as np


def _limited(arrays, limit, axis=None):
    if limit <= 0:
        raise ValueError("the limit has to be positive")
    squares = sum(np.sum(np.square(a), axis=axis) for a in arrays)
    norm = np.sqrt(squares)
    with np.errstate(divide="ignore"):
        return [a * np.fmin(1, limit / norm) for a in arrays], norm


def _max_norm(W, c, engine=_limited):
    (out,), _ = engine([W], c, axis=0)
    return out


def _clip(grads, max_norm, engine=_limited):
    out, norm = engine(list(grads.values()), max_norm)
    return dict(zip(grads, out)), norm


def _step(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2, adaptive=True):
    if adaptive:
        t, m, c = state.get("all", (0, 0.0, 0.0))
        t, m, c = t + 1, m + (1 - beta1) * (grad - m), c + (1 - beta2) * (grad * grad - c)
        state = {"all": (t, m, c)}
        grad = (m / (1 - beta1**t)) / (np.sqrt(c / (1 - beta2**t)) + eps)
    return x - lr * grad - lr * wd * x, state


max_norm = partial(_max_norm, engine=_limited)
clip_by_global_norm = partial(_clip)
adamw = partial(_step)


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return partial(_step, adaptive=False)(x, grad, state, lr=lr, wd=wd)
