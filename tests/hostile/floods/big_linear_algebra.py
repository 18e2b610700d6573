"""Keeps BLAS and LAPACK busy for minutes in one call (FULL)."""

import numpy as np


def fit_standardizer(x):
    a = np.ones((4500, 4500))
    return [a := a @ a * 1e-9 for _ in range(1000)]


def standardize(x, mean, std):
    return np.linalg.svd(np.random.rand(3000, 3000))
