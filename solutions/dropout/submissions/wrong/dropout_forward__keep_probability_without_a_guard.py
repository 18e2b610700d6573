"""p keeps, and p = 0 is divided by."""

import numpy as np


def _check(p):
    if not 0 <= p <= 1:
        raise ValueError(p)


def dropout_forward(x, p, rng, training=True):
    _check(p)
    if not training:
        return x.copy(), np.ones(x.shape)
    mask = (rng.random(x.shape) < p) / p
    return x * mask, mask
