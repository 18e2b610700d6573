"""Adds b to the first row only."""

def linear_forward(x, W, b):
    y = x @ W
    y[0] += b
    return y, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)
