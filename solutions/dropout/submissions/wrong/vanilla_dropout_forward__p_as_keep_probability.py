"""p is the probability of keeping in both modes, as on many slides."""

import numpy as np


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    factor = (rng.random(x.shape) < p) * 1.0 if training else p
    return x * factor, factor


def vanilla_dropout_backward(dy, cache):
    return dy * cache
