"""Computes y/x, which is NaN at an input of exactly 0."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    y = x.copy()
    if training:
        y = x * (rng.random(x.shape) >= p) / (1 - p) if p < 1 else np.zeros(x.shape)
    return y, (x, y)


def dropout_backward(dy, cache):
    x, y = cache
    with np.errstate(all="ignore"):
        return dy * np.divide(y, x)
