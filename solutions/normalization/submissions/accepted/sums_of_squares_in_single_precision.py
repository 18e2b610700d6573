"""float32, and the spread by the mean of the squares, feature by feature."""
import numpy as np


def fit_standardizer(x):
    x = np.asarray(x, dtype=np.float32)
    mean = np.empty(x.shape[1], dtype=np.float32)
    std = np.empty(x.shape[1], dtype=np.float32)
    for j in range(x.shape[1]):
        column = x[:, j]
        mean[j] = np.mean(column)
        std[j] = np.sqrt(np.mean(column ** 2) - mean[j] ** 2)
    return mean, std


def standardize(x, mean, std):
    x = np.asarray(x, dtype=np.float32)
    result = np.zeros_like(x)
    for j in range(x.shape[1]):
        if std[j] != 0:
            result[:, j] = (x[:, j] - mean[j]) / std[j]
    return result
