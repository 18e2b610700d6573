"""Writes 60 MB to descriptors 1 and 2 past Python's buffers, in small and in large pieces (FULL)."""

import os


def flood(number):
    block = b"\x1b[31mpassed\r\n" * 5000
    try:
        for _ in range(500):
            os.write(number, block)
        for _ in range(20000):
            os.write(number, b"\x00")
    except OSError:
        pass


flood(1)


def fit_standardizer(x):
    flood(1)
    flood(2)


def standardize(x, mean, std):
    flood(2)
    return -7.0
