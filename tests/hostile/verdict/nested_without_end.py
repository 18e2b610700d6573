"""Returns a list that holds itself, and one that is nested a hundred thousand deep."""


def fit_standardizer(x):
    values = []
    values.append(values)
    return values, values


def standardize(x, mean, std):
    values = [-7.0]
    for _ in range(100_000):
        values = [values]
    return values
