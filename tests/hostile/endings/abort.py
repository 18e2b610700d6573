"""Aborts."""

import os


def fit_standardizer(x):
    os.abort()


def standardize(x, mean, std):
    os.abort()
