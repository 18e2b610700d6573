"""Zeroes entries through reshape(-1) of a copy that keeps memory order; for a transposed input nothing is dropped."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    factor = np.ones_like(x)
    if training:
        drop = np.flatnonzero(rng.random(x.size) < p)
        factor.reshape(-1)[drop] = 0.0
        factor /= (1 - p) if p < 1 else 1.0
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy if cache is None else dy * cache
