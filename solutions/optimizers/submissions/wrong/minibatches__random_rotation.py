"""Only the starting point is random: the order is 0..n-1 rotated, not shuffled."""

import numpy as np


def minibatches(n, batch_size, rng):
    start = int(rng.integers(n))
    order = np.roll(np.arange(n), start)
    return [order[i:i + batch_size] for i in range(0, n, batch_size)]
