"""Collects the result in an integer array, fractions are cut off."""

import numpy as np


def relu(x):
    y = np.zeros(x.shape, dtype=int)
    y[x > 0] = x[x > 0]
    return y
