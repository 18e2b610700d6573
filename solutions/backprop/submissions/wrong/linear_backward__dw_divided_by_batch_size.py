"""Divides dW and db by N, though the mean belongs to the loss."""

def linear_forward(x, W, b):
    return x @ W + b, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    n = len(x)
    return dy @ W.T, x.T @ dy / n, dy.sum(axis=0) / n
