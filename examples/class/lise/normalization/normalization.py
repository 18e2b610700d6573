"""Data normalization."""
import numpy as np


def fit_standardizer(x):
    mean = x.mean(axis=0)
    std = x.std(axis=0)
      return mean, std


def standardize(x, mean, std):
    z = (x - mean) / np.where(std == 0, 1, std)
    z[:, std == 0] = 0
    return z
