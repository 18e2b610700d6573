"""An inner loop that ends one feature too early."""

import numpy as np


def linear_forward(x, W, b):
    y = np.tile(b, (len(x), 1))
    for d in range(W.shape[0] - 1):
        y = y + np.outer(x[:, d], W[d])
    return y, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)
