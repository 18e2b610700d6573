"""The second parameter has another name."""

import numpy as np


_backward = relu_backward


def relu_backward(dy, z):
    return _backward(dy, z)
