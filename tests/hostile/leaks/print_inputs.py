"""Prints its inputs, to both streams, at once and late."""

import sys

import numpy as np


def fit_standardizer(x):
    print(f"LEAK{x.sum():.6f}", x.tolist())
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    print(f"LEAK{x.sum():.6f}", file=sys.stderr)
    sys.__stderr__.write(f"LEAK{mean.sum():.6f}\n")
    return np.full(x.shape, -7.0)
