"""Recurses without end, in Python, through repr, and through C's own stack (FULL)."""

import functools
import sys


def fit_standardizer(x):
    return fit_standardizer(x)


def standardize(x, mean, std):
    sys.setrecursionlimit(1 << 30)
    values = functools.partial(int)
    for _ in range(200000):
        values = functools.partial(values)
        values = [values]
    return repr(values)
