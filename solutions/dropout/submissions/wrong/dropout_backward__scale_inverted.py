"""Multiplies by 1 - p where it should divide."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), (np.ones(x.shape), 0.0)
    keep = (rng.random(x.shape) >= p) * 1.0
    return (x * keep / (1 - p) if p < 1 else x * 0.0), (keep, p)


def dropout_backward(dy, cache):
    keep, p = cache
    return dy * keep * (1 - p)
