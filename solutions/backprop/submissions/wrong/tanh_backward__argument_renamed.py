"""The second parameter has another name."""

import numpy as np


_backward = tanh_backward


def tanh_backward(dy, z):
    return _backward(dy, z)
