"""Draws every batch with replacement, so an epoch repeats some indices and misses others."""

import numpy as np


def minibatches(n, batch_size, rng):
    batches, left = [], n
    while left > 0:
        size = min(batch_size, left)
        batches.append(rng.integers(0, n, size=size))
        left -= size
    return batches
