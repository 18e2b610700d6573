"""dW from the summed x and the mean dy, as if the batch were one example."""

import numpy as np


def linear_forward(x, W, b):
    return x @ W + b, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, np.outer(x.mean(axis=0), dy.sum(axis=0)), dy.sum(axis=0)
