"""p = 1 is treated before the mode, so evaluation returns zeros, too."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if p == 1:
        factor = np.zeros(x.shape)
    elif training:
        factor = (rng.random(x.shape) >= p) / (1 - p)
    else:
        factor = np.ones(x.shape)
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy if cache is None else dy * cache
