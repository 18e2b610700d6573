"""Whole examples are dropped."""

import numpy as np


def _check(p):
    if not 0 <= p <= 1:
        raise ValueError(p)


def dropout_forward(x, p, rng, training=True):
    _check(p)
    if not training:
        return x.copy(), np.ones(x.shape)
    mask = (rng.random(x.shape[0]) >= p).reshape(-1, *[1] * (x.ndim - 1)) / max(1 - p, 1e-12)
    return x * mask, mask * np.ones(x.shape)
