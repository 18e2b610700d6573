"""Returns dicts whose keys, and texts whose content, are the inputs."""


def fit_standardizer(x):
    return {f"LEAK{x.sum():.6f}": 1.0, "mean": 0.0}


def standardize(x, mean, std):
    return [[f"LEAK{x.sum():.6f}"]]
