"""Takes other arguments than the contract says, renamed, keyword-only, or without names, with defaults that are answers."""


def fit_standardizer(*, x=None, passed=True):
    return passed


def standardize(self, points=100, *values, **more):
    return points
