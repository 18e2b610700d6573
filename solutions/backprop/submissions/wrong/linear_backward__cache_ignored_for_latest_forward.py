"""Looks at the latest forward call instead of its cache: wrong when two layers are run before the first backward call."""

_latest = []


def linear_forward(x, W, b):
    _latest[:] = [x, W]
    return x @ W + b, None


def linear_backward(dy, cache):
    x, W = _latest
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)
