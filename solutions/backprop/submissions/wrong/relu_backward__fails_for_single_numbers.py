"""A single number has no nonzero entries."""

import numpy as np


def relu_backward(dy, x):
    dx = np.array(dy)
    dx[np.nonzero(x <= 0)] = 0
    return dx
