"""The parameters have other names."""

import numpy as np


_backward = batchnorm_backward


def batchnorm_backward(dout, cache):
    return _backward(dout, cache)
