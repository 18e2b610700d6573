"""Uses the global np.random state instead of the generator it was given."""

import numpy as np


def minibatches(n, batch_size, rng):
    order = np.random.permutation(n)
    return [order[i:i + batch_size] for i in range(0, n, batch_size)]
