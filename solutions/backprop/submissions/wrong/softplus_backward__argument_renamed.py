"""The second parameter has another name."""

import numpy as np


_backward = softplus_backward


def softplus_backward(dy, z):
    return _backward(dy, z)
