"""The cache holds the output, and dW uses it in place of the input."""

def linear_forward(x, W, b):
    y = x @ W + b
    return y, (y, W)


def linear_backward(dy, cache):
    y, W = cache
    return dy @ W.T, y.T @ dy, dy.sum(axis=0)
