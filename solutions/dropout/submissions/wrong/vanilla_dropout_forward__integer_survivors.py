"""Stores the result in an integer array, which cuts the decimals off."""

import numpy as np


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x * (1.0 - p), 1.0 - p
    keep = rng.random(x.shape) >= p
    y = np.zeros(x.shape, dtype=int)
    y[keep] = x[keep]
    return y, keep * 1.0


def vanilla_dropout_backward(dy, cache):
    return dy * cache
