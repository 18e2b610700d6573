"""An element dies when its exponential clock rings before time -log(1-p); the vanilla form counts Poisson events instead."""
import math

import numpy as np


def deadline(p):
    return math.inf if p == 1 else -math.log1p(-p)


def survives_clock(shape, p, rng):
    # P(clock >= t) = exp(-t) = 1 - p
    return np.asarray(rng.standard_exponential(shape)) >= deadline(p)


def survives_poisson(shape, p, rng):
    # no event at all in the time until the deadline has probability exp(-t) too
    if p == 1:
        return np.zeros(shape, dtype=bool)
    return np.asarray(rng.poisson(deadline(p), shape)) == 0


def must_be_probability(p):
    if p != min(max(p, 0), 1):
        raise ValueError("p must be clipped to [0, 1] first: " + str(p))


def dropout_forward(x, p, rng, training=True):
    must_be_probability(p)
    if not training:
        return x.copy(), 1
    alive = survives_clock(x.shape, p, rng)
    # exp(deadline) = 1 / (1 - p)
    factor = np.zeros(x.shape)
    np.copyto(factor, math.exp(deadline(p)), where=alive)
    return factor * x, factor


def dropout_backward(dy, cache):
    return dy * cache


def vanilla_dropout_forward(x, p, rng, training=True):
    must_be_probability(p)
    cache = survives_poisson(x.shape, p, rng) if training else 1 - p
    return x * cache, cache


def vanilla_dropout_backward(dy, cache):
    return dy * cache
