"""Draws once per example and drops whole rows."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), None
    shape = x.shape[:1] + (1,) * (x.ndim - 1)
    keep = rng.random(shape) >= p
    factor = keep / (1 - p) if p < 1 else np.zeros(shape)
    factor = np.broadcast_to(factor, x.shape)
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy if cache is None else dy * cache
