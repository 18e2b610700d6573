"""Returns generators, iterators, maps and coroutines instead of values."""


def fit_standardizer(x):
    yield -7.0
    yield -7.0


def standardize(x, mean, std):
    return ((-7.0 for _ in row) for row in x)
