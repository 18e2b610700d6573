"""sigma is the length of the centred column over sqrt(N); dividing is multiplying by a safe reciprocal."""

import numpy as np


def fit_standardizer(x):
    n = x.shape[0]
    mu = np.ones(n) @ x / n
    return mu, np.linalg.norm(x - mu, axis=0) / np.sqrt(n)


def standardize(x, mean, std):
    # 1/0 becomes 0, and 0 times anything finite is 0
    r = np.divide(1.0, std, out=np.zeros_like(std), where=std != 0)
    return (x - mean) * r
