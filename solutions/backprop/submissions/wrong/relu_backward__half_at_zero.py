"""Derivative 1/2 at exactly 0."""

import numpy as np


def relu_backward(dy, x):
    return dy * np.heaviside(x, 0.5)
