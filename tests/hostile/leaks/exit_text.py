"""Leaves with the inputs as the reason: SystemExit's text, the exit status, the number of a signal."""

import os
import sys


def fit_standardizer(x):
    sys.exit(f"LEAK{x.sum():.6f}")


def standardize(x, mean, std):
    os._exit(int(abs(x).sum() * 1000) % 200 + 1)
