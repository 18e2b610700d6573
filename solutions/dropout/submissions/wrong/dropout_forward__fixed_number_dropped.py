"""Drops exactly round(p * size) entries instead of each on its own."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), None
    factor = np.ones(x.size)
    factor[rng.permutation(x.size)[:int(round(p * x.size))]] = 0.0
    factor = factor.reshape(x.shape)
    if p < 1:
        factor = factor / (1 - p)
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy if cache is None else dy * cache
