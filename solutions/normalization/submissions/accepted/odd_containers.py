"""Returns lists in which 0-d arrays, ints, NumPy scalars and fractions are mixed, rows are tuples."""
import itertools
from collections import namedtuple
from fractions import Fraction

import numpy as np

Statistics = namedtuple("Statistics", "mean std")

_kinds = (float, np.array, np.float64, Fraction, np.longdouble)


def _mixed(values):
    """Another type for each value; whole numbers become ints."""
    kinds = itertools.cycle(_kinds)
    out = []
    for v in values:
        kind = next(kinds)
        out.append(int(v) if float(v).is_integer() else kind(float(v)))
    return out


def fit_standardizer(x):
    mu = x.mean(axis=0)
    sigma = np.sqrt(np.mean(np.square(x - mu), axis=0))
    return Statistics(std=_mixed(sigma), mean=_mixed(mu))


def standardize(x, mean, std):
    columns = []
    for j in range(x.shape[1]):
        if std[j] == 0:
            columns.append([0] * x.shape[0])
        else:
            columns.append(_mixed((x[:, j] - mean[j]) / std[j]))
    return list(zip(*columns))
