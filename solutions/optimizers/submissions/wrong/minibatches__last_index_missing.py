"""Permutes n - 1 numbers, so the last example never takes part."""

import numpy as np


def minibatches(n, batch_size, rng):
    order = rng.permutation(max(n - 1, 1))
    return [order[i:i + batch_size] for i in range(0, len(order), batch_size)]
