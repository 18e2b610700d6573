"""dW is overwritten in the loop over the examples instead of added up."""

import numpy as np


def linear_forward(x, W, b):
    return x @ W + b, (x, W)


def linear_backward(dy, cache):
    x, W = cache

    for row, d in zip(x, dy):
        dW = np.outer(row, d)
    return dy @ W.T, dW, dy.sum(axis=0)
