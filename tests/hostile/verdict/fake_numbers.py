"""Returns numbers.Real fakes, Decimals, floats whose subclass lies, and booleans."""

import numbers
from decimal import Decimal


class Fake(float):
    def __float__(self):
        return float("nan")

    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __abs__ = lambda self, *other: 0.0
    __hash__ = float.__hash__


class Registered:
    def __float__(self):
        return -7.0


numbers.Real.register(Registered)


def fit_standardizer(x):
    return [Fake(-7.0)] * x.shape[1], [Decimal("sNaN")] * x.shape[1]


def standardize(x, mean, std):
    return [[Registered()] * x.shape[1]] * len(x)
