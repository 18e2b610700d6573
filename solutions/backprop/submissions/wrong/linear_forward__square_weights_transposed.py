"""Accepts (M, D) weights as well and tells the layouts apart by shape: square W is always transposed."""

def linear_forward(x, W, b):
    V = W
    if W.shape[1] == x.shape[1]:
        W = W.T
    return x @ W + b, (x, V)


def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)
