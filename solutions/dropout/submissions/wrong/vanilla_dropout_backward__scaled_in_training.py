"""Divides the training gradient by 1 - p although the forward pass does not."""

import numpy as np


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    factor = (rng.random(x.shape) >= p) * 1.0 if training else 1.0 - p
    return x * factor, (factor, p, training)


def vanilla_dropout_backward(dy, cache):
    factor, p, training = cache
    if training and p < 1:
        return dy * factor / (1 - p)
    return dy * factor
