"""Returns objects whose class name, repr and text hold the inputs."""


def named(x):
    marker = f"LEAK{x.sum():.6f}"
    return type(marker, (), {"__repr__": lambda self: marker, "__module__": marker})()


def fit_standardizer(x):
    return named(x), named(x)


def standardize(x, mean, std):
    return named(x)
