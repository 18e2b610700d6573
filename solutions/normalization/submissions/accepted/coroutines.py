"""Welford's algorithm as a coroutine fed with rows; standardising is a generator of rows. Long doubles inside."""
import numpy as np


def _welford():
    row = yield
    n = 0
    mean = np.zeros(row.shape, np.longdouble)
    m2 = np.zeros(row.shape, np.longdouble)
    while row is not None:
        n += 1
        before = row - mean
        mean += before / n
        m2 += before * (row - mean)
        row = yield mean, np.sqrt(m2 / n)


def fit_standardizer(x):
    accumulator = _welford()
    next(accumulator)
    for row in x:
        result = accumulator.send(row)
    accumulator.close()
    return result


def _rows(x, mean, std):
    keep = np.flatnonzero(std)
    for row in x:
        z = np.zeros(len(row), np.longdouble)
        z[keep] = (row[keep].astype(np.longdouble) - mean[keep]) / std[keep]
        yield z


def standardize(x, mean, std):
    return list(_rows(x, mean, std))
