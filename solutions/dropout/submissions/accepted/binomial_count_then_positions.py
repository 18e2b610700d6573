"""Draws how many elements are dropped (binomial) and then which ones (without replacement): independent all the same."""
import numpy as np


def draw_mask(shape, p, rng):
    n = int(np.prod(shape))             # 1 for a 0-d array
    # The number is binomial, not round(p * n). Given the number, all subsets are equally likely.
    k = rng.binomial(n, p)
    mask = np.ones(n)
    mask[rng.permutation(n)[:k]] = 0
    return mask.reshape(shape)


def draw_mask_2(shape, p, rng):
    n = int(np.prod(shape))
    k = rng.binomial(n, p)
    mask = np.zeros(n, dtype=np.int8)
    mask[k:] = 1
    rng.shuffle(mask)
    return mask.reshape(shape)


def dropout_forward(x, p, rng, training=True):
    if not (p >= 0 and p <= 1):
        raise ValueError("p is a probability")
    cache = {}
    if training:
        cache["mask"] = draw_mask(x.shape, p, rng)
        if p < 1:
            cache["mask"] /= 1 - p
    return x * cache.get("mask", 1), cache


def dropout_backward(dy, cache):
    return dy * cache.get("mask", 1)


def vanilla_dropout_forward(x, p, rng, training=True):
    if not (p >= 0 and p <= 1):
        raise ValueError("p is a probability")
    cache = {"mask": draw_mask_2(x.shape, p, rng)} if training else {"factor": 1 - p}
    y = x
    for value in cache.values():
        y = y * value
    return y, cache


def vanilla_dropout_backward(dy, cache):
    key, value = cache.popitem()
    return dy * value
