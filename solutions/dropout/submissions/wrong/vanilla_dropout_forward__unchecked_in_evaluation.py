"""p outside [0, 1] is refused in training only."""

import numpy as np


def vanilla_dropout_forward(x, p, rng, training=True):
    if not training:
        return (1.0 - p) * x, 1.0 - p
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    factor = (rng.random(x.shape) >= p) * 1.0
    return x * factor, factor


def vanilla_dropout_backward(dy, cache):
    return dy * cache
