"""Returns (dW, db, dx)."""

def linear_forward(x, W, b):
    return x @ W + b, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return x.T @ dy, dy.sum(axis=0), dy @ W.T
