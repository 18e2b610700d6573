"""Returns the local derivative, dy is not used."""

import numpy as np


def sigmoid_backward(dy, x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
