"""Named tuples all over; the mask is floor(u + 1 - p), which is 1 with probability 1 - p."""
from typing import NamedTuple

import numpy as np


class Output(NamedTuple):
    y: np.ndarray
    cache: tuple


class Trained(NamedTuple):
    mask: np.ndarray
    scale: float


class Evaluated(NamedTuple):
    scale: float


def bernoulli(rng, shape, q):
    return np.minimum(np.floor(rng.random(shape) + q), 1)


def probability(p):
    if 0 <= p <= 1:
        return p
    raise ValueError(p)


def dropout_forward(x, p, rng, training=True):
    q = 1 - probability(p)
    if not training:
        return Output(y=x, cache=Evaluated(1.0))
    trained = Trained(bernoulli(rng, x.shape, q), 1 / q if q else 1.0)
    return Output(x * trained.mask * trained.scale, trained)


def vanilla_dropout_forward(x, p, rng, training=True):
    q = 1 - probability(p)
    if not training:
        return Output(y=q * x, cache=Evaluated(scale=q))
    mask = bernoulli(rng, x.shape, q)
    return Output(cache=Trained(mask, 1.0), y=x * mask)


def dropout_backward(dy, cache):
    match cache:
        case Trained(mask, scale):
            return dy * mask * scale
        case Evaluated(scale):
            return dy * scale


def vanilla_dropout_backward(dy, cache):
    return dropout_backward(dy, cache)
