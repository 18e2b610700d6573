"""The roles of dy and x are swapped inside."""

import numpy as np


def tanh_backward(dy, x):
    return x * (1 - np.tanh(dy) ** 2)
