"""Walks through x in the order of memory and fills the result row by row: scrambled if x is transposed."""

import numpy as np


def sigmoid(x):
    y = []
    for v in np.nditer(x):
        v = float(v)
        if v >= 0:
            y.append(1 / (1 + np.exp(-v)))
        else:
            y.append(np.exp(v) / (1 + np.exp(v)))
    return np.array(y).reshape(x.shape)
