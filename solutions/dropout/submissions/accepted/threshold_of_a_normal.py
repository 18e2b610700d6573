"""Drops where a standard normal number is below its p-quantile; masks are drawn in reversed axis order."""
from statistics import NormalDist

import numpy as np


def quantile(p):
    if p == 0:
        return -np.inf
    if p == 1:
        return np.inf
    return NormalDist().inv_cdf(p)


def mask_of(x, p, rng):
    z = np.asarray(rng.standard_normal(x.shape[::-1])).T        # Fortran order, why not
    return (z > quantile(p)).astype(x.dtype)


def dropout_forward(x, p, rng, training=True):
    assert_probability(p)
    if training:
        mask = mask_of(x, p, rng)
        with np.errstate(divide="ignore", invalid="ignore"):
            mask = np.nan_to_num(mask / np.float64(1 - p), nan=0.0)     # 0/0 for p = 1
    else:
        mask = np.ones(x.shape)
    return np.einsum("...,...->...", x, mask), mask


def dropout_backward(dy, cache):
    return np.einsum("...,...->...", dy, cache)


def vanilla_dropout_forward(x, p, rng, training=True):
    assert_probability(p)
    mask = mask_of(x, p, rng) if training else np.ones(x.shape) - p
    return np.einsum("...,...->...", x, mask), mask


vanilla_dropout_backward = dropout_backward


def assert_probability(p):
    allowed = [0 <= p, p <= 1]
    if not all(allowed):
        raise ValueError("p is no probability, too " + ("small" if allowed[1] else "large"))
