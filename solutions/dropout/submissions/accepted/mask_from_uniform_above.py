"""Keeps where a uniform number lies above p; divides by 1 - p everywhere and lets np.where sort out the infinities."""
import numpy as np


def dropout_forward(x, p, rng, training=True):
    if p < 0. or p > 1.:
        raise ValueError("dropout probability has to be between 0 and 1")
    if training:
        U = rng.uniform(size=x.shape)
        keep = U >= p
        # for p = 1 this warns (division by zero), but no element is kept then
        return np.where(keep, x / np.float64(1 - p), 0.), (keep, p)
    return x.copy(), None


def dropout_backward(dy, cache):
    if cache is None:
        return dy.copy()
    keep, p = cache
    return np.where(keep, dy / np.float64(1 - p), 0.)


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < 0. or p > 1.:
        raise ValueError("dropout probability has to be between 0 and 1")
    if training:
        U = rng.uniform(size=x.shape)
        keep = U >= p
        return np.where(keep, x, 0.), (True, keep)
    return np.multiply(x, 1 - p), (False, p)


def vanilla_dropout_backward(dy, cache):
    training, what = cache
    if training:
        return np.where(what, dy, 0.)
    return np.multiply(dy, 1 - what)
