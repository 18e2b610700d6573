"""Returns shapes that broadcast against the right one: one element, one more axis, a column instead of a row."""

import numpy as np


def fit_standardizer(x):
    return np.full((x.shape[1], 1), -7.0), np.full((1, x.shape[1]), -7.0)


def standardize(x, mean, std):
    return np.full((1, 1, 1, 1, 1, 1), -7.0)
