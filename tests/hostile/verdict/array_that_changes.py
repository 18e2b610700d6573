"""Returns an object whose __array__ gives something else each time that it is asked."""

import numpy as np


class Moody:
    asked = 0

    def __init__(self, shape):
        self.shape = shape

    def __array__(self, dtype=None, copy=None):
        Moody.asked += 1
        return np.full(self.shape, -7.0 - Moody.asked) if Moody.asked % 3 else np.full((1,), np.inf)


def fit_standardizer(x):
    return Moody(x.shape[1:]), Moody(x.shape[1:])


def standardize(x, mean, std):
    return Moody(x.shape)
