"""Shuffles only the part that fills whole batches; the last short batch always holds the same final indices."""

import numpy as np


def minibatches(n, batch_size, rng):
    order = np.arange(n)
    whole = n - n % batch_size
    order[:whole] = rng.permutation(whole)
    return [order[i:i + batch_size] for i in range(0, n, batch_size)]
