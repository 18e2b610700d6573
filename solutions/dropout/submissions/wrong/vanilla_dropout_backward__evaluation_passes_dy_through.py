"""After an evaluation pass the factor 1 - p is forgotten."""

import numpy as np


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x * (1.0 - p), None
    mask = (rng.random(x.shape) >= p) * 1.0
    return x * mask, mask


def vanilla_dropout_backward(dy, cache):
    return dy.copy() if cache is None else dy * cache
