"""Squeezes the result: a batch of one example or a layer of one unit loses an axis."""

import numpy as np


def linear_forward(x, W, b):
    return np.squeeze(x @ W + b), (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)
