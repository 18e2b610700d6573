"""Caches are kept in a table, by the shape of x."""

import numpy as np


_forward, _backward, _kept = batchnorm_forward, batchnorm_backward, {}


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, _kept[x.shape], running = _forward(x, gamma, beta, running, training, momentum, eps)
    return y, None, running


def batchnorm_backward(dy, cache):
    return _backward(dy, _kept[dy.shape])
