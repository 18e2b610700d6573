"""The forward functions return the backward function as the cache (a lambda over the mask)."""
import numpy as np


def guarded(forward):
    """Decorator: looks at p before the real work starts."""

    def wrapper(x, p, rng, training=True):
        if p != np.clip(p, 0, 1):
            raise ValueError("p outside [0, 1]: " + repr(p))
        return forward(x, p, rng, training)

    return wrapper


@guarded
def dropout_forward(x, p, rng, training):
    if not training or p == 0:
        return x * 1.0, lambda dy: dy * 1.0
    if p == 1:
        return np.zeros_like(x), np.zeros_like
    mask = rng.random(x.shape) > p

    def backward(dy):
        return dy * mask / (1 - p)

    return x * mask / (1 - p), backward


def dropout_backward(dy, cache):
    return cache(dy)


@guarded
def vanilla_dropout_forward(x, p, rng, training):
    if training:
        mask = rng.random(x.shape) >= p
        times = lambda a: a * mask
    else:
        times = lambda a: a - p * a         # same as (1 - p) * a
    return times(x), times


def vanilla_dropout_backward(dy, cache):
    return cache(dy)
