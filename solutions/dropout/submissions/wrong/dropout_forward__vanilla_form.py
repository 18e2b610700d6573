"""The vanilla form where the inverted one is asked for."""

import numpy as np


def _check(p):
    if not 0 <= p <= 1:
        raise ValueError(p)


def dropout_forward(x, p, rng, training=True):
    _check(p)
    if not training:
        return x * (1 - p), None
    mask = (rng.random(x.shape) >= p) * 1.0
    return x * mask, mask
def dropout_backward(dy, cache):
    return dy.copy() if cache is None else dy * cache
