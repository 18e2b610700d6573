"""Masks are draws of a binomial with one trial; one helper serves both kinds of dropout."""

import numpy as np


def _factor(shape, p, rng, training, inverted):
    """What every element is multiplied with, forward and backward."""
    if not 0 <= p <= 1:
        raise ValueError("p=%r is not in [0, 1]" % p)
    q = 1 - p
    if training:
        mask = rng.binomial(n=1, p=q, size=shape)  # integers 0 and 1
        # dividing by max(q, tiny) instead of q: with p = 1 the mask is zero anyway
        return mask / max(q, 1e-300) if inverted else mask
    return 1 if inverted else q


def dropout_forward(x, p, rng, training=True):
    r = _factor(x.shape, p, rng, training, inverted=True)
    return r * x, r


def dropout_backward(dy, cache):
    return cache * dy


def vanilla_dropout_forward(x, p, rng, training=True):
    r = _factor(x.shape, p, rng, training, inverted=False)
    return r * x, r


def vanilla_dropout_backward(dy, cache):
    return cache * dy
