"""One mask for the features is shared by all examples."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), None
    keep = rng.random(x.shape[1:]) >= p
    factor = np.zeros(x.shape) + (keep / (1 - p) if p < 1 else 0.0)
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy if cache is None else dy * cache
