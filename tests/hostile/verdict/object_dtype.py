"""Returns arrays of objects: strings, None, nested arrays, huge integers, Fractions, and the array itself."""

from fractions import Fraction

import numpy as np


def fit_standardizer(x):
    values = np.empty(x.shape[1], dtype=object)
    values[:] = 10**400
    return values, np.array([Fraction(10**400, 3)] * x.shape[1], dtype=object)


def standardize(x, mean, std):
    values = np.empty(x.shape, dtype=object)
    values[:] = "0x10"
    values[0, 0] = values
    return values
