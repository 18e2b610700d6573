"""Draws float32 uniforms and computes in float32 throughout."""

import numpy as np

f32 = np.float32


def _keep_probability(p):
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"p = {p}")
    return f32(1.0 - p)


def _uniform(rng, shape):
    # 24 random bits are plenty here
    return np.asarray(rng.random(shape, dtype=f32))


def dropout_forward(x, p, rng, training=True):
    q = _keep_probability(p)
    x = np.asarray(x, f32)
    if not training:
        return x, f32(1)
    mask = (_uniform(rng, x.shape) < q).astype(f32)
    mask = mask / q if q > 0 else mask
    return x * mask, mask


def dropout_backward(dy, cache):
    return np.asarray(dy, f32) * cache


def vanilla_dropout_forward(x, p, rng, training=True):
    q = _keep_probability(p)
    factor = (_uniform(rng, np.shape(x)) < q).astype(f32) if training else q
    return np.asarray(x, f32) * factor, factor


vanilla_dropout_backward = dropout_backward
