"""Walks from one dropped element to the next: the gaps of a Bernoulli sequence are geometric.
Vanilla dropout is the layer; inverted dropout is built on it."""
import numpy as np


def _checked(p):
    if 0 <= p <= 1:
        return p
    raise ValueError("dropout probability %r" % (p,))


class _Mask:
    """Knows the flat positions that fall out."""

    def __init__(self, size, p, rng):
        if p == 0 or size == 0:
            self.positions = np.zeros(0, dtype=int)
            return
        gaps = np.minimum(rng.geometric(p, size=size), size + 1)
        ends = np.cumsum(gaps) - 1
        self.positions = ends[ends < size]

    def __call__(self, a):
        out = np.array(a, order="C")
        out.reshape(-1)[self.positions] = 0
        return out


def vanilla_dropout_forward(x, p, rng, training=True):
    _checked(p)
    if training:
        mask = _Mask(x.size, p, rng)
        return mask(x), mask
    keep = 1 - p
    return keep * x, keep


def vanilla_dropout_backward(dy, cache):
    return cache(dy) if callable(cache) else cache * dy


def dropout_forward(x, p, rng, training=True):
    _checked(p)
    if not training:
        return vanilla_dropout_forward(x, 0.0, rng, False)
    y, mask = vanilla_dropout_forward(x, p, rng, True)
    scale = 1 / (1 - p) if p < 1 else 0.0
    return y * scale, (mask, scale)


def dropout_backward(dy, cache):
    if isinstance(cache, tuple):
        mask, scale = cache
        return vanilla_dropout_backward(dy, mask) * scale
    return vanilla_dropout_backward(dy, cache)
