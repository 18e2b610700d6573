"""The first parameter has another name."""

import numpy as np


_backward = linear_backward


def linear_backward(dout, cache):
    return _backward(dout, cache)
