"""Writes the inputs into docstrings, names and annotations of its functions, which a report may show."""

import numpy as np


def fit_standardizer(x):
    marker = f"LEAK{x.sum():.6f}"
    for function in (fit_standardizer, standardize):
        function.__doc__ = function.__name__ = function.__qualname__ = function.__module__ = marker
        function.__annotations__["return"] = marker
    globals()["__doc__"] = globals()["__name__"] = globals()["__file__"] = marker
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    fit_standardizer(x)
    raise ValueError("wrong")
