"""No mask where nothing is dropped."""

import numpy as np


def _check(p):
    if not 0 <= p <= 1:
        raise ValueError(p)


def dropout_forward(x, p, rng, training=True):
    _check(p)
    if not training or p == 0:
        return x.copy(), (training, None)
    mask = np.zeros(x.shape)
    if p < 1:
        mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, (training, mask)


def dropout_backward(dy, cache):
    training, mask = cache
    return dy.copy() if mask is None else dy * mask


def vanilla_dropout_forward(x, p, rng, training=True):
    _check(p)
    if training and p:
        mask = rng.random(x.shape) >= p
        return np.where(mask, x, 0.0), mask
    return x * (1 - p), 1 - p


def vanilla_dropout_backward(dy, cache):
    return dy * cache
