"""Closes every descriptor above 2 in the middle of a call."""

import os

import numpy as np


def fit_standardizer(x):
    os.closerange(3, 64)
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    return fit_standardizer(x)
