"""Draws a second mask for the backward pass."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), None
    factor = (rng.random(x.shape) >= p) / (1 - p) if p < 1 else np.zeros(x.shape)
    return x * factor, (p, rng)


def dropout_backward(dy, cache):
    if cache is None:
        return dy
    p, rng = cache
    return dy * (rng.random(dy.shape) >= p) / (1 - p) if p < 1 else np.zeros(dy.shape)
