"""dW is added up over calls that have the same shape: never set back to zero."""

import numpy as np


_accumulated = {}


def linear_forward(x, W, b):
    return x @ W + b, (x, W)


def linear_backward(dy, cache):
    x, W = cache

    total = _accumulated.setdefault(W.shape, np.zeros(W.shape))
    total += x.T @ dy
    return dy @ W.T, total.copy(), dy.sum(axis=0)
