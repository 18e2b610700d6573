"""Draws a mask for the first half and uses its complement for the second, so the elements are not independent."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), None
    u = rng.random(x.size)
    half = x.size // 2
    if half:
        u[-half:] = 1.0 - u[:half]
    keep = u.reshape(x.shape) >= p
    factor = keep / (1 - p) if p < 1 else np.zeros(x.shape)
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy if cache is None else dy * cache
