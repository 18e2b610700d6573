"""A byte decides, so that p has 256 steps."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError(p)
    if not training:
        return x.copy(), np.ones(x.shape)
    if p == 1:
        return np.zeros(x.shape), np.zeros(x.shape)
    byte = np.frombuffer(rng.bytes(x.size), np.uint8).reshape(x.shape)
    mask = (byte >= 256 * p) / (1 - p)
    return x * mask, mask
