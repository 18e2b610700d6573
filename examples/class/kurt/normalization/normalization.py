"""Normalisation of the data."""

import numpy as np


def fit_standardizer(x):
    # the unbiased estimate: one degree of freedom went into the mean
    return np.average(x, axis=0), np.std(x, axis=0, ddof=1)


def standardize(x, mean, std):
    centred = x - mean
    return np.divide(centred, std, out=np.zeros(centred.shape), where=np.broadcast_to(std != 0, centred.shape))
