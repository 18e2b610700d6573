"""As the slides: zero mean, unit variance."""

import numpy as np


def fit_standardizer(x):
    # mu = 1/m sum x_i
    m = x.shape[0]
    mu = x.sum(axis=0) / m
    # sigma^2 = 1/m sum (x_i - mu)^2
    sigma2 = ((x - mu) ** 2).sum(axis=0) / m
    return mu, sigma2**0.5


def standardize(x, mean, std):
    # x_hat = (x - mu) / sqrt(sigma^2 + epsilon), "original algorithm (2015)"
    return (x - mean) / np.sqrt(std**2 + 1e-5)
