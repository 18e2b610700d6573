"""Ends the process with failure, at import of its second function's first use."""

import os


def fit_standardizer(x):
    os._exit(1)


def standardize(x, mean, std):
    os._exit(255)
