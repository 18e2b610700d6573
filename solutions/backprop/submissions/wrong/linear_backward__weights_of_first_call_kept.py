"""Remembers the weights of the first forward call for ever."""

_first_weights = []


def linear_forward(x, W, b):
    return x @ W + b, (x, W)


def linear_backward(dy, cache):
    x, W = cache

    if not _first_weights:
        _first_weights.append(W)
    return dy @ _first_weights[0].T, x.T @ dy, dy.sum(axis=0)
