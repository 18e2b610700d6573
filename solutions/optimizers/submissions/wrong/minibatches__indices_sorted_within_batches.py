"""Which examples share a batch is random, but each batch lists them in ascending order."""

import numpy as np


def minibatches(n, batch_size, rng):
    indices = np.arange(n)
    rng.shuffle(indices)
    batches = []
    while len(indices) > 0:
        batches.append(np.array(sorted(indices[:batch_size])))
        indices = indices[batch_size:]
    return batches
