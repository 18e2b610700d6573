"""Results and states are named tuples."""
from typing import Any, NamedTuple

import numpy as np


class Clipped(NamedTuple):
    clipped: dict
    norm: float


class Step(NamedTuple):
    x_next: np.ndarray
    state_next: Any


class Moments(NamedTuple):
    m: Any = 0.0
    c: Any = 0.0
    decay1: float = 1.0
    decay2: float = 1.0


def max_norm(W, c):
    if c <= 0:
        raise ValueError
    return np.column_stack([w if (n := np.linalg.norm(w)) <= c else c * (w / n) for w in W.T])


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(np.sum(np.concatenate([np.atleast_1d(g).ravel() ** 2 for g in grads.values()])))
    return Clipped({k: g * max_norm / max(norm, max_norm) for k, g in grads.items()}, norm)


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    return Step(x_next=x - lr * (grad + wd * x), state_next=Moments())


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    s = state if isinstance(state, Moments) else Moments()
    s = Moments(beta1 * s.m + (1 - beta1) * grad, beta2 * s.c + (1 - beta2) * grad**2, s.decay1 * beta1, s.decay2 * beta2)
    step = s.m / (1 - s.decay1) / (np.sqrt(s.c / (1 - s.decay2)) + eps)
    return Step((1 - lr * wd) * x - lr * step, s)
