"""Raises in a function that is named after the inputs, by its code object."""


def fail():
    raise ValueError("wrong")


def fit_standardizer(x):
    marker = f"LEAK{x.sum():.6f}"
    fail.__code__ = fail.__code__.replace(co_name=marker, co_qualname=marker)
    fail()


def standardize(x, mean, std):
    fit_standardizer(x)
