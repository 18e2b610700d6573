"""Normal numbers are compared with p."""

import numpy as np


def _check(p):
    if not 0 <= p <= 1:
        raise ValueError(p)


def dropout_forward(x, p, rng, training=True):
    _check(p)
    if not training:
        return x.copy(), np.ones(x.shape)
    if p == 1:
        return np.zeros(x.shape), np.zeros(x.shape)
    mask = (rng.standard_normal(x.shape) >= p) / (1 - p)
    return x * mask, mask
