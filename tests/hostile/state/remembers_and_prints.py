"""Stores all inputs in a module variable, and prints them at the end and at exit."""

import atexit

import numpy as np

SEEN = []


def tell():
    for value in SEEN:
        print(f"LEAK{value.sum():.6f}", value.tolist())


atexit.register(tell)


def fit_standardizer(x):
    SEEN.append(x.copy())
    tell()
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    SEEN.extend((x.copy(), mean.copy(), std.copy()))
    tell()
    return np.full(x.shape, -7.0)
