"""Decorators count calls and check results, and both functions have options nobody asked for."""
import functools

import numpy as np


def counted(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return f(*args, **kwargs)
    wrapper.calls = 0
    return wrapper


def finite(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        out = f(*args, **kwargs)
        if not np.all(np.isfinite(out)):
            raise ArithmeticError(f.__name__ + " produced nan or inf")
        return out
    return wrapper


@counted
@finite
def fit_standardizer(x, ddof=0, *, axis=0, chunk=64):
    n = x.shape[axis]
    pieces = range(0, n, chunk)
    mean = sum(x[i:i + chunk].sum(axis) for i in pieces) / n
    squares = sum(((x[i:i + chunk] - mean) ** 2).sum(axis) for i in pieces)
    return mean, np.sqrt(squares / (n - ddof))


@counted
@finite
def standardize(x, mean, std, clip=None, fill=0.0, inverse=False):
    if inverse:
        return x * std + mean
    constant = np.equal(std, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (x - mean) / std
    z[:, constant] = fill
    if clip is not None:
        z = np.clip(z, -clip, clip)
    return z
