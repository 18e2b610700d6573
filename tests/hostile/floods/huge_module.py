"""Defines a million names in its module, and a million functions that look like answers (FULL)."""

for number in range(200_000):
    globals()[f"standardize{number}"] = number


def fit_standardizer(x):
    globals().update((f"fit{number}", None) for number in range(500_000))
    return -7.0, -7.0
