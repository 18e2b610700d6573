"""Survivors are scaled by 1/p instead of 1/(1-p)."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), None
    keep = rng.random(x.shape) >= p
    factor = keep / p if p > 0 else np.ones(x.shape)
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy if cache is None else dy * cache
