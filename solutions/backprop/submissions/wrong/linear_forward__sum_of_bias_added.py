"""Adds the sum of all biases to every output."""

import numpy as np


def linear_forward(x, W, b):
    return x @ W + np.sum(b), (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)
