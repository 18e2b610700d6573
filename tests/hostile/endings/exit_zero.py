"""Ends the process with success in the middle of a call."""

import os


def fit_standardizer(x):
    os._exit(0)


def standardize(x, mean, std):
    os._exit(0)
