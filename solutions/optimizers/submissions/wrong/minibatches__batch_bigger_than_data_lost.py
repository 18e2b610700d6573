"""The remainder is kept only after a full batch, so batch_size > n gives no batch at all."""

import numpy as np


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    batches = []
    i = 0
    while i + batch_size <= n:
        batches.append(order[i:i + batch_size])
        i += batch_size
    if batches and i < n:
        batches.append(order[i:])
    return batches
