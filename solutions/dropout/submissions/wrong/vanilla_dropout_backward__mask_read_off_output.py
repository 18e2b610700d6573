"""The gradient flows where y != 0, which forgets kept inputs of exactly 0."""

import numpy as np


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    y = x * (rng.random(x.shape) >= p) if training else (1.0 - p) * x
    return y, (np.array(y), 1.0 if training else 1.0 - p)


def vanilla_dropout_backward(dy, cache):
    y, scale = cache
    return scale * dy * (y != 0)
