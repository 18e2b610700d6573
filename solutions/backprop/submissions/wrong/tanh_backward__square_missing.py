"""1 - tanh(x)."""

import numpy as np


def tanh_backward(dy, x):
    return dy * (1 - np.tanh(x))
