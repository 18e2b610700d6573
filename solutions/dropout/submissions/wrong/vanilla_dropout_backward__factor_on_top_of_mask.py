"""Training multiplies the masked gradient by 1 - p."""

import numpy as np


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    mask = rng.random(x.shape) >= p if training else np.ones(x.shape, dtype=bool)
    return (x * mask if training else (1 - p) * x), (mask, p)


def vanilla_dropout_backward(dy, cache):
    mask, p = cache
    return (1 - p) * np.where(mask, dy, 0.0)
