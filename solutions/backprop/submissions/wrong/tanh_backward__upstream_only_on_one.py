"""dy - tanh(x)^2, brackets missing."""

import numpy as np


def tanh_backward(dy, x):
    return dy - np.tanh(x) ** 2
