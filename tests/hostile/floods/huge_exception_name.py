"""Raises an exception whose class has a name of ten megabytes (FULL)."""


def fit_standardizer(x):
    raise type("Passed" * 1_700_000, (ValueError,), {"__module__": "m" * 1_000_000})


def standardize(x, mean, std):
    raise type("\ud800\n\x00", (ValueError,), {})("x")
