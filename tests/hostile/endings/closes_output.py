"""Closes its standard streams, as files and as descriptors, and prints to them."""

import os
import sys

import numpy as np

sys.stdout.close()
sys.stderr.close()
for number in (0, 1, 2):
    try:
        os.close(number)
    except OSError:
        continue


def fit_standardizer(x):
    try:
        print("passed")
    except ValueError:
        pass
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
