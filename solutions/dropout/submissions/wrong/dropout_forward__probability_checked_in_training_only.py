"""Evaluation returns before p is checked."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not training:
        return x.copy(), None
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    keep = rng.random(x.shape) >= p
    factor = keep / (1 - p) if p < 1 else np.zeros(x.shape)
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy if cache is None else dy * cache
