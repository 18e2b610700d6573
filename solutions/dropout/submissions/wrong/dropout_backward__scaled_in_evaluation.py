"""After an evaluation pass dy is still divided by 1 - p."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    keep = rng.random(x.shape) >= p if training else np.ones(x.shape, dtype=bool)
    if not training:
        return x.copy(), (keep, p)
    return (x * keep / (1 - p) if p < 1 else np.zeros(x.shape)), (keep, p)


def dropout_backward(dy, cache):
    keep, p = cache
    return dy * keep / (1 - p) if p < 1 else dy * keep
