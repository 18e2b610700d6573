"""Shuffles the order of the full blocks of consecutive indices, not the examples themselves."""

import numpy as np


def minibatches(n, batch_size, rng):
    full = n // batch_size
    batches = [np.arange(k * batch_size, (k + 1) * batch_size) for k in rng.permutation(full)]
    if full * batch_size < n:
        batches.append(np.arange(full * batch_size, n))
    return batches
