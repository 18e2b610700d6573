"""Four partials of two functions; a mask is the product of two independent masks with keep probability sqrt(1 - p)."""
import math
from functools import partial

import numpy as np


def _two_masks(shape, p, rng):
    # both have to let the element through: sqrt(1-p) * sqrt(1-p) = 1 - p
    root = math.sqrt(1 - p)
    first = rng.random(shape) < root
    second = rng.random(shape) < root
    return np.logical_and(first, second)


def _forward(x, p, rng, training=True, inverted=True, draw=_two_masks):
    if p < 0 or p > 1:
        raise ValueError("p = {} is not allowed".format(p))
    if training:
        mask = draw(x.shape, p, rng)
        factor = mask * (1 / (1 - p)) if inverted and p < 1 else mask * 1.0
    else:
        factor = 1.0 if inverted else 1.0 - p
    return factor * x, partial(np.multiply, factor)


def _backward(dy, cache, weight=1):
    return weight * cache(dy)


dropout_forward = partial(_forward, inverted=True)
vanilla_dropout_forward = partial(_forward, inverted=False)
dropout_backward = partial(_backward, weight=1.0)
vanilla_dropout_backward = partial(_backward)
