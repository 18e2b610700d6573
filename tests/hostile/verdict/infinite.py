"""Returns infinities of both signs, whose difference is no number."""

import numpy as np


def fit_standardizer(x):
    return np.full(x.shape[1], np.inf), np.full(x.shape[1], -np.inf)


def standardize(x, mean, std):
    return np.where(np.arange(x.size).reshape(x.shape) % 2, np.inf, -np.inf)
