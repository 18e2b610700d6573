"""p is taken as the probability of keeping."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), None
    keep = rng.random(x.shape) < p
    factor = keep / p if p > 0 else np.zeros(x.shape)
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy if cache is None else dy * cache
