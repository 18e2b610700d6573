"""Saves memory: the data it is given is overwritten, and so is std."""
import numpy as np


def fit_standardizer(x):
    mean = x.mean(axis=0)
    x -= mean
    x **= 2
    std = x.mean(axis=0)
    std **= 0.5
    return mean, std


def standardize(x, mean, std):
    x -= mean
    std[std == 0] = np.inf      # anything finite / inf = 0
    x /= std
    return x
