"""One rng.random() call and one if for every single element."""

import numpy as np


def check(p):
    if p < 0 or p > 1 or p != p:
        raise ValueError("p must lie in [0, 1], got %s" % p)


def dropout_forward(x, p, rng, training=True):
    check(p)
    if not training:
        return np.array(x), None
    values, factors = [], []
    for v in np.ravel(x).tolist():
        if rng.random() < p:
            values.append(0.0)
            factors.append(0.0)
        else:
            scale = 1 / (1 - p)  # p = 1 never gets here
            values.append(v * scale)
            factors.append(scale)
    return np.array(values).reshape(x.shape), factors


def dropout_backward(dy, cache):
    if cache is None:
        return np.array(dy)
    out = []
    for g, f in zip(np.ravel(dy).tolist(), cache):
        out.append(g * f)
    return np.array(out).reshape(dy.shape)


def vanilla_dropout_forward(x, p, rng, training=True):
    check(p)
    y = np.zeros(x.shape)
    if not training:
        for index in np.ndindex(*x.shape):
            y[index] = x[index] * (1 - p)
        return y, 1 - p
    survivors = []
    for index in np.ndindex(*x.shape):
        if rng.random() >= p:
            survivors.append(index)
            y[index] = x[index]
    return y, survivors


def vanilla_dropout_backward(dy, cache):
    if not isinstance(cache, list):
        return np.array([cache * g for g in np.ravel(dy)]).reshape(dy.shape)
    dx = np.zeros(dy.shape)
    for index in cache:
        dx[index] = dy[index]
    return dx
