"""rng.choice picks the factor of every element: 0 with probability p, 1/(1-p) or 1 otherwise."""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if p > 1 or p < 0:
        raise ValueError("p")
    if training == False:
        return +x, np.ones(x.shape)
    survivor = 0.0 if p == 1 else 1.0 / (1.0 - p)
    factors = rng.choice([0.0, survivor], size=x.shape, p=[p, 1 - p])
    return factors * x, factors


def dropout_backward(dy, cache):
    return cache * dy


def vanilla_dropout_forward(x, p, rng, training=True):
    if p > 1 or p < 0:
        raise ValueError("p")
    if training == False:
        return (1 - p) * x, np.full(x.shape, 1 - p)
    # True = this one lives
    alive = rng.choice(np.array([True, False]), x.shape, True, [1 - p, p])
    y = np.zeros_like(x)
    y[alive] = x[alive]
    return y, alive


def vanilla_dropout_backward(dy, cache):
    if cache.dtype == bool:
        dx = np.zeros_like(dy)
        dx[cache] = dy[cache]
        return dx
    return cache * dy
