"""Centres and scales x itself."""

import numpy as np


def fit_standardizer(x):
    mean = x.mean(axis=0)
    x -= mean
    x *= x
    std = x.mean(axis=0)
    np.sqrt(std, out=std)
    return mean, std


def standardize(x, mean, std):
    x -= mean
    constant = std == 0
    std[constant] = 1  # anything but 0
    x /= std
    x[:, constant] = 0  # unseen data may differ from the mean here
    return x
