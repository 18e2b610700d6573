"""Warns with the inputs in the text, the category and the file name."""

import warnings

import numpy as np


def fit_standardizer(x):
    warnings.simplefilter("always")
    warnings.warn(f"LEAK{x.sum():.6f}")
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    marker = f"LEAK{x.sum():.6f}"
    warnings.warn_explicit(marker, type(marker, (UserWarning,), {}), marker, 31337 + int(abs(x).sum() * 1000) % 1000)
    return np.full(x.shape, -7.0)
