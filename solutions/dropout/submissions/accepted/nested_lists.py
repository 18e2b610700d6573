"""Works on nested lists of any depth by recursion and returns nested lists, inside a list."""
import numpy as np


def apply(function, nested):
    if isinstance(nested, list):
        return [apply(function, part) for part in nested]
    return function(nested)


def apply2(function, a, b):
    if isinstance(a, list):
        return [apply2(function, u, v) for u, v in zip(a, b)]
    return function(a, b)


def product(a, b):
    return a * b


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must be a probability")
    x = x.tolist()
    if not training:
        return [x, apply(lambda v: 1, x)]
    scale = 1 / (1 - p) if p < 1 else 0
    mask = apply(lambda v: scale * (rng.random() >= p), x)
    return [apply2(product, x, mask), mask]


def dropout_backward(dy, cache):
    return apply2(product, np.asarray(dy).tolist(), cache)


def vanilla_dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must be a probability")
    x = x.tolist()
    factor = (lambda v: int(rng.random() >= p)) if training else (lambda v: 1 - p)
    mask = apply(factor, x)
    return [apply2(product, x, mask), mask]


def vanilla_dropout_backward(dy, cache):
    return apply2(product, np.asarray(dy).tolist(), cache)
