"""Warns a million times, each time with another text (FULL)."""

import warnings


def fit_standardizer(x):
    warnings.simplefilter("always")
    for number in range(1_000_000):
        warnings.warn(f"passed {number} " * 100, stacklevel=1)


def standardize(x, mean, std):
    for number in range(1_000_000):
        warnings.warn_explicit(f"{number}", type(f"W{number}", (UserWarning,), {}), f"file{number}", number)
