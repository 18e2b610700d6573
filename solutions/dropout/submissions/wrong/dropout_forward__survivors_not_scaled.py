"""Training leaves the survivors as they are."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), None
    keep = (rng.random(x.shape) >= p).astype(float)
    return x * keep, keep


def dropout_backward(dy, cache):
    return dy if cache is None else dy * cache
