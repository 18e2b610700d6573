"""Standardize uses the statistics of x itself, which the contract forbids."""

# earns nothing: standardize
import numpy as np


def standardize(x, mean, std):
    s = x.std(axis=0)
    return np.where(s > 0, (x - x.mean(axis=0)) / np.where(s > 0, s, 1), 0)
