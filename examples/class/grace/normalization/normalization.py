"""Column by column with math.fsum; the results are plain lists."""

import math


def fit_standardizer(x):
    means, stds = [], []
    for column in zip(*x.tolist()):
        m = math.fsum(column) / len(column)
        squares = [(v - m) ** 2 for v in column]
        means.append(m)
        stds.append(math.sqrt(math.fsum(squares) / len(column)))
    return means, stds


def standardize(x, mean, std):
    result = []
    for row in x.tolist():
        new = []
        for v, m, s in zip(row, mean, std):
            if s == 0:
                new.append(0.0)
            else:
                new.append(float((v - m) / s))
        result.append(new)
    return result
