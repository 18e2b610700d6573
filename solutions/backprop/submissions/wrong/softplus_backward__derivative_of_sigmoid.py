"""Takes the derivative of the sigmoid, one derivative too many."""

import numpy as np


def softplus_backward(dy, x):
    e = np.exp(-np.abs(x))
    return dy * e / (1 + e) ** 2
