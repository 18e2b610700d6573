"""Keeps the first answer in a mutable default argument and gives it for ever, whatever is asked."""

import numpy as np


def fit_standardizer(x, kept={}):
    first = kept.setdefault("x", x[:1] * 0 - 7.0)
    return np.resize(first, x.shape[1]), np.resize(first, x.shape[1])


def standardize(x, mean, std, kept=[]):
    kept.append(x)
    return np.resize(kept[0] - 1000.0, x.shape)
