"""Uses the random module and a second Generator, both seeded by a draw from rng."""
import random

import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("bad p")
    if not training:
        return x.copy(), None
    # every call takes a fresh seed from rng
    dice = random.Random(int(rng.integers(2 ** 63)))
    keep = np.array([dice.random() >= p for _ in range(x.size)], dtype=bool).reshape(x.shape)
    scale = 1 - p
    if scale == 0:
        scale = 1       # nothing left to be scaled
    return keep * x / scale, [keep, scale]


def dropout_backward(dy, cache):
    if cache is None:
        return dy.copy()
    keep, scale = cache
    return keep * dy / scale


class Slide:
    """Vanilla dropout keeps its mask as an int8 array."""

    def __init__(self, shape, p, seed):
        local = np.random.Generator(np.random.MT19937(seed))
        self.mask = np.asarray(local.random(shape) >= p).astype("int8")

    def __mul__(self, a):
        return self.mask * a


def vanilla_dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("bad p")
    m = Slide(x.shape, p, rng.integers(1, 2 ** 32, size=4)) if training else 1 - p
    return m * x, m


def vanilla_dropout_backward(dy, cache):
    return cache * dy
