"""Raises a class that cannot be made, and an exception whose metaclass lies."""


class Meta(type):
    def __instancecheck__(cls, value):
        return True

    def __subclasscheck__(cls, kind):
        return True

    def __getattribute__(cls, name):
        if name in ("__name__", "__qualname__", "__module__", "__mro__"):
            raise RuntimeError("passed")
        return super().__getattribute__(name)


class Lying(Exception, metaclass=Meta):
    __module__ = 7


class CannotBeMade(Exception):
    def __init__(self):
        raise SystemExit(0)


def fit_standardizer(x):
    raise Lying


def standardize(x, mean, std):
    raise CannotBeMade
