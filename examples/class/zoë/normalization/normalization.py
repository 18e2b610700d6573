"""Normalization, by Zoë."""

import numpy as np


def fit_standardizer(x):
    n = len(x)
    mean = np.add.reduce(x) / n
    return mean, np.sqrt(np.add.reduce((x - mean) ** 2) / n)


def standardize(x, mean, std):
    columns = []
    for values, m, s in zip(x.T, mean, std):
        columns.append((values - m) / s if s > 0 else 0 * values)
    return np.column_stack(columns)
