# normalization, john
import numpy as np


def fit_standardizer(x):
    mean = np.mean(x, axis=0, keepdims=True)
    std = np.std(x, axis=0, keepdims=True)
    return mean, std


def standardize(x, mu, sigma):
    z = np.zeros(x.shape)
    ok = sigma != 0
    z[:, ok] = (x[:, ok] - mu[ok]) / sigma[ok]
    return z
