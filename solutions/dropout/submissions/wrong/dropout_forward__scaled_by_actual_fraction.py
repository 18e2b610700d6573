"""Scales by the fraction that happened to survive instead of 1 - p."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), None
    keep = (rng.random(x.shape) >= p) * 1.0
    factor = keep / max(np.mean(keep), 1e-12)
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy if cache is None else dy * cache
