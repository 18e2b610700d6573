"""Cuts 0..n-1 into blocks first and shuffles only inside each block, so the members of a batch never change."""

import numpy as np


def minibatches(n, batch_size, rng):
    batches = []
    for i in range(0, n, batch_size):
        block = np.arange(i, min(i + batch_size, n))
        rng.shuffle(block)
        batches.append(block)
    return batches
