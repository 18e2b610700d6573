"""A mutable default argument keeps the first permutation, so later epochs repeat it whatever the generator says."""

import numpy as np


def minibatches(n, batch_size, rng, _orders={}):
    if n not in _orders:
        _orders[n] = rng.permutation(n)
    order = _orders[n]
    return [order[i:i + batch_size].copy() for i in range(0, n, batch_size)]
