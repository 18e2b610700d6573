"""Sleeps for ever, using no CPU time."""

import time


def fit_standardizer(x):
    while True:
        time.sleep(1000)


def standardize(x, mean, std):
    time.sleep(1e9)
