"""Raises groups of exceptions, nested, empty in text, and with thousands of parts."""


def fit_standardizer(x):
    raise ExceptionGroup("passed", [ValueError(number) for number in range(20000)])


def standardize(x, mean, std):
    group = BaseExceptionGroup("passed", [SystemExit(0), NotImplementedError("x")])
    for _ in range(500):
        group = BaseExceptionGroup("passed", [group])
    raise group
