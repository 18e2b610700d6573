"""A bad p raises AssertionError."""

import numpy as np


def vanilla_dropout_forward(x, p, rng, training=True):
    assert 0 <= p <= 1, "p must lie in [0, 1]"
    factor = (rng.random(x.shape) >= p) * 1.0 if training else 1.0 - p
    return x * factor, factor


def vanilla_dropout_backward(dy, cache):
    return dy * cache
