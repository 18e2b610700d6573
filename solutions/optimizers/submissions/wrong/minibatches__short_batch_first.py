"""The remainder goes into the first batch, so it is not the last one that is short."""

import numpy as np


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    first = n % batch_size
    cuts = list(range(first, n, batch_size))
    return [part for part in np.split(order, cuts) if len(part)]
