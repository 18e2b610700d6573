"""Fills memory by a list that grows for ever (FULL)."""


def fit_standardizer(x):
    values = []
    while True:
        values.append(list(range(100000)))


def standardize(x, mean, std):
    return "x" * (1 << 62)
