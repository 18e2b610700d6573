"""The saved mask is scaled already and is scaled once more."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), (np.ones(x.shape), 0.0)
    mask = rng.random(x.shape) >= p
    mask = mask / (1 - p) if p < 1 else np.zeros(x.shape)
    return x * mask, (mask, p)


def dropout_backward(dy, cache):
    mask, p = cache
    return dy * mask if p == 1 else dy * mask / (1 - p)
