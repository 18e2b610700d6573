"""The cache is an iterator over factors: backward consumes it element by element, a second backward would find nothing."""
import numpy as np


def _factors(x, p, rng, dropped, kept):
    for u in rng.random(x.size):
        yield dropped if u < p else kept


def _forward(x, factors):
    factors = list(factors)
    y = np.array([f * v for f, v in zip(factors, x.flat)], dtype=float).reshape(x.shape)
    return y, iter(factors)


def _backward(dy, factors):
    return np.array([next(factors) * g for g in dy.flat], dtype=float).reshape(dy.shape)


def _check(p):
    if p < 0:
        raise ValueError("negative probability")
    if p > 1:
        raise ValueError("probability above one")


def dropout_forward(x, p, rng, training=True):
    _check(p)
    if not training:
        return _forward(x, [1.0] * x.size)
    return _forward(x, _factors(x, p, rng, 0.0, 1 / (1 - p) if p != 1 else np.nan))


def dropout_backward(dy, cache):
    return _backward(dy, cache)


def vanilla_dropout_forward(x, p, rng, training=True):
    _check(p)
    if not training:
        return _forward(x, [1 - p] * x.size)
    return _forward(x, _factors(x, p, rng, 0.0, 1.0))


def vanilla_dropout_backward(dy, cache):
    return _backward(dy, cache)
