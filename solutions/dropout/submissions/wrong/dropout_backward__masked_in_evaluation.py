"""The forward pass draws its mask before it looks at the mode, and the backward pass always applies it."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    factor = (rng.random(x.shape) >= p) / (1 - p) if p < 1 else np.zeros(x.shape)
    return (x * factor if training else x.copy()), factor


def dropout_backward(dy, cache):
    return dy * cache
