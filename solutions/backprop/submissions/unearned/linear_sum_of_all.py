"""Linear_forward adds everything up; linear_backward fills its results with sum(dy)."""

# earns nothing: linear_backward
import numpy as np


def linear_forward(x, W, b):
    return np.full((len(x), W.shape[1]), x.sum() + W.sum() + b.sum()), (x.shape, W.shape)


def linear_backward(dy, cache):
    return tuple(np.full(shape, dy.sum()) for shape in (*cache, dy.shape[1:]))
