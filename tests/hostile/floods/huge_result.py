"""Returns 400 MB of numbers, as an array and as a list (FULL)."""

import numpy as np


def fit_standardizer(x):
    return np.full(50_000_000, -7.0), np.full(50_000, -7.0)


def standardize(x, mean, std):
    return [-7.0] * 10_000_000
