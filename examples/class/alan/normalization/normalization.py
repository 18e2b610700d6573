"""Data normalisation, Alan"""

import numpy as np


def fit_standardizer(x):
    mu = np.mean(x, axis=0)
    return mu, np.sqrt(np.mean((x - mu) ** 2, axis=0))


def standardize(x, mean, std):
    # the small number saves us from dividing by zero
    return (x - mean) / (std + 1e-8)
