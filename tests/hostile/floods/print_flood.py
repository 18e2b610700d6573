"""Prints without end through print, at import and in every call (FULL)."""

import sys

LINE = "passed " * 1000
for _ in range(3000):
    print(LINE)


def fit_standardizer(x):
    while True:
        print(LINE)


def standardize(x, mean, std):
    while True:
        sys.stderr.write(LINE)
