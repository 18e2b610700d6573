"""Object arrays of fractions for SGD, decimals for the norms."""
from decimal import Decimal, getcontext
from fractions import Fraction

import numpy as np

getcontext().prec = 40


def _length(values):
    return sum((Decimal(float(v)) ** 2 for v in values), Decimal(0)).sqrt()


def max_norm(W, c):
    c = Decimal(float(c))
    if c <= 0:
        raise ValueError("c")
    result = np.empty(W.shape, dtype=object)
    for j in range(W.shape[1]):
        n = _length(W[:, j])
        for i in range(W.shape[0]):
            result[i, j] = Decimal(float(W[i, j])) * (c / n if n > c else 1)
    return result


def clip_by_global_norm(grads, max_norm):
    limit = Decimal(float(max_norm))
    if limit <= 0:
        raise ValueError("max_norm")
    norm = _length(v for g in grads.values() for v in np.asarray(g).flat)
    scale = float(limit / norm) if norm > limit else 1.0
    return {k: scale * g for k, g in grads.items()}, norm


def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    lr, wd = Fraction(lr), Fraction(wd)
    exact = np.vectorize(lambda a, g: Fraction(a) - lr * (Fraction(g) + wd * Fraction(a)), otypes=[object])
    return np.asarray(exact(x, grad)).astype(float), state


def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    step = state.setdefault("step", 0) + 1
    new = {"step": step}
    new["first"] = state.get("first", np.zeros_like(x)) + (1 - beta1) * (grad - state.get("first", np.zeros_like(x)))
    new["second"] = state.get("second", np.zeros_like(x)) + (1 - beta2) * (
        grad * grad - state.get("second", np.zeros_like(x))
    )
    return (
        x
        - lr * wd * x
        - lr * new["first"] / (1 - beta1**step) / (np.sqrt(new["second"] / (1 - beta2**step)) + eps)
    ), new
