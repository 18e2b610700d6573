"""Stores no mask at all: the cache remembers the state of rng, and backward draws the same mask once more."""
import copy

import numpy as np


def factors(rng, shape, p, survivor):
    u = rng.random(shape)
    return np.where(u < p, 0.0, survivor)


def survivor_factor(p):
    return 1.0 / (1.0 - p) if p < 1 else 1.0


def check(p):
    if p < 0 or p > 1:
        raise ValueError("drop probability must be within [0, 1]")


def dropout_forward(x, p, rng, training=True):
    check(p)
    if not training:
        return x.copy(), None
    memory = copy.deepcopy(rng)             # before the draw
    y = x * factors(rng, x.shape, p, survivor_factor(p))
    return y, (memory, p)


def dropout_backward(dy, cache):
    if cache is None:
        return dy.copy()
    rng, p = cache
    return dy * factors(rng, dy.shape, p, survivor_factor(p))


def vanilla_dropout_forward(x, p, rng, training=True):
    check(p)
    if not training:
        return x * (1 - p), 1 - p
    seed = int(rng.integers(2 ** 62))       # here a seed is enough
    return x * factors(np.random.default_rng(seed), x.shape, p, 1.0), (seed, p)


def vanilla_dropout_backward(dy, cache):
    if isinstance(cache, tuple):
        seed, p = cache
        return dy * factors(np.random.default_rng(seed), dy.shape, p, 1.0)
    return cache * dy
