"""np.array_split makes batches of nearly equal size instead of full batches and a short last one."""

import numpy as np


def minibatches(n, batch_size, rng):
    count = int(np.ceil(n / batch_size))
    return np.array_split(rng.permutation(n), count)
