"""Nothing is ever dropped, and the backward pass follows: nothing can be told of it."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p")
    mask = np.ones_like(x)
    return x * mask, mask


def dropout_backward(dy, cache):
    return dy * cache
