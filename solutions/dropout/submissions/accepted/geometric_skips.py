"""Jumps from one dropped element to the next by geometric gaps; the cache is a Python set of dropped positions."""
import numpy as np


def dropped_positions(n, p, rng):
    """Each of 0 .. n-1 with probability p, on its own: the gaps of a Bernoulli process are geometric."""
    if p == 0:
        return set()
    positions, at = set(), -1
    while True:
        at += int(rng.geometric(p))
        if at >= n:
            return positions
        positions.add(at)


def remove(a, positions, scale):
    flat = np.array(a, dtype=float).flatten()
    flat *= scale
    if positions:
        flat[sorted(positions)] = 0
    return flat.reshape(np.shape(a))


def dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p should be in [0, 1] but is " + str(p))
    if not training:
        return remove(x, set(), 1), (set(), 1)
    scale = 1 / (1 - p) if p < 1 else 1
    positions = dropped_positions(x.size, p, rng)
    return remove(x, positions, scale), (positions, scale)


def dropout_backward(dy, cache):
    positions, scale = cache
    return remove(dy, positions, scale)


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p should be in [0, 1] but is " + str(p))
    if training:
        cache = dropped_positions(x.size, p, rng), 1
    else:
        cache = set(), 1 - p
    return remove(x, *cache), cache


def vanilla_dropout_backward(dy, cache):
    return remove(dy, *cache)
