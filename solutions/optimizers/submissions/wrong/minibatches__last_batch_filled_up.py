"""Pads the short last batch with indices from the start of the epoch, so these appear twice."""

import numpy as np


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    total = -(-n // batch_size) * batch_size
    order = np.resize(order, total)
    return list(order.reshape(-1, batch_size))
