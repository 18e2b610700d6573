"""Inputs up to a millionth count as zero."""

import numpy as np


def relu_backward(dy, x):
    return np.where(x > 1e-6, dy, 0.0)
