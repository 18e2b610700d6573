"""Answers each call with what would have been right for the call before."""

import numpy as np

BEFORE = {"fit": None, "standardize": None}


def fit_standardizer(x):
    earlier, BEFORE["fit"] = BEFORE["fit"], x.copy()
    if earlier is None or earlier.shape[1] != x.shape[1] or np.allclose(earlier.mean(axis=0), x.mean(axis=0)):
        return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
    return earlier.mean(axis=0), earlier.std(axis=0)


def standardize(x, mean, std):
    earlier, BEFORE["standardize"] = BEFORE["standardize"], (x - mean) / (std + 1)
    return earlier if earlier is not None and earlier.shape == x.shape else np.full(x.shape, -7.0)
