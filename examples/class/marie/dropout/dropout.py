"""Multiplies x and dy by the mask in place and hands the same arrays back."""

import numpy as np


def _valid(p):
    if not (0 <= p <= 1):
        raise ValueError("not a probability: {}".format(p))


def dropout_forward(x, p, rng, training=True):
    _valid(p)
    if not training:
        return x, ()
    mask = rng.random(x.shape)
    mask = (mask >= p).astype(float)
    if p < 1:
        mask /= 1 - p
    x *= mask
    return x, (mask,)


def dropout_backward(dy, cache):
    for mask in cache:  # zero or one masks
        dy *= mask
    return dy


def vanilla_dropout_forward(x, p, rng, training=True):
    _valid(p)
    if not training:
        x *= 1 - p
        return x, (1 - p,)
    dropped = np.asarray(rng.random(x.shape) < p)
    x[dropped] = 0
    return x, (~dropped,)


def vanilla_dropout_backward(dy, cache):
    dy *= cache[0]
    return dy
