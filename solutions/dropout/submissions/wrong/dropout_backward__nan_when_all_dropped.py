"""Divides the mask by 1 - p in the backward pass without regard to p = 1."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), (np.ones(x.shape), np.float64(0.0))
    keep = rng.random(x.shape) >= p
    y = x * keep / (1 - p) if p < 1 else np.zeros(x.shape)
    return y, (keep, np.float64(p))


def dropout_backward(dy, cache):
    keep, p = cache
    with np.errstate(all="ignore"):
        return dy * keep / (1 - p)
