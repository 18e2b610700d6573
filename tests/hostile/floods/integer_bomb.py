"""Computes a power whose digits no memory holds, in one C call that cannot be interrupted (FULL)."""


def fit_standardizer(x):
    return 9**9**9**9, 1


def standardize(x, mean, std):
    return [int("9" * 4000) ** 300000]
