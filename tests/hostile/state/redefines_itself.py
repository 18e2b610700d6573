"""Redefines its functions after the first call, so that no two calls meet the same one."""

import numpy as np


def fit_standardizer(x):
    globals()["fit_standardizer"] = lambda x: (np.full(x.shape[1], np.pi), np.full(x.shape[1], np.e))
    fit_standardizer.__code__ = (lambda x: (x, x)).__code__
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    globals().pop("standardize", None)
    return np.full(x.shape, -7.0)
