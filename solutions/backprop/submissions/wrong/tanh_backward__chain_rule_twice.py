"""Multiplies with the local derivative twice."""

import numpy as np


def tanh_backward(dy, x):
    local = 1 - np.tanh(x) ** 2
    dx = dy * local
    return dx * local
