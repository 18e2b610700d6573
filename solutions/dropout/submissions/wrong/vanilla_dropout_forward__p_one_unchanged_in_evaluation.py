"""p = 1 changes nothing in evaluation, the rule of the inverted form."""

import numpy as np


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    if training:
        factor = (rng.random(x.shape) >= p) * 1.0
    else:
        factor = 1.0 - p if p < 1 else 1.0
    return x * factor, factor


def vanilla_dropout_backward(dy, cache):
    return dy * cache
