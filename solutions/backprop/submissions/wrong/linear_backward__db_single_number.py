"""db sums over everything."""

import numpy as np


def linear_forward(x, W, b):
    return x @ W + b, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, np.full(W.shape[1], dy.sum())
