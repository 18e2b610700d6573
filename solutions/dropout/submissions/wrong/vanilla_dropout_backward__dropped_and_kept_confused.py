"""The saved mask marks dropped entries, but the backward pass takes it for the kept ones."""

import numpy as np


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x * (1.0 - p), 1.0 - p
    dropped = rng.random(x.shape) < p
    return np.where(dropped, 0.0, x), dropped


def vanilla_dropout_backward(dy, cache):
    return dy * cache
