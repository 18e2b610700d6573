"""Sums a generator without end, in C (FULL)."""

import itertools


def fit_standardizer(x):
    return sum(itertools.repeat(1)), 1


def standardize(x, mean, std):
    return max(itertools.count())
