"""Matches a regular expression that takes exponential time in C, where no signal handler of Python runs (FULL)."""

import re


def fit_standardizer(x):
    return re.match(r"(a+)+$", "a" * 60 + "b")


def standardize(x, mean, std):
    return re.sub(r"(\w*)*\1!", "", "a" * 5000)
