"""Prints one line of 50 MB without an end, and never flushes the last of it (FULL)."""

import sys


def fit_standardizer(x):
    for _ in range(50):
        sys.stdout.write("x" * (1 << 20))
    return -7.0, -7.0


def standardize(x, mean, std):
    sys.stdout.write("\u202e" * (1 << 22))
    return -7.0
