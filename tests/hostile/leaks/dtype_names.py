"""Returns structured arrays whose field names, and unit types whose numbers, are the inputs."""

import numpy as np


def fit_standardizer(x):
    kind = np.dtype([(f"LEAK{x.sum():.6f}", float)])
    return np.zeros(x.shape[1], dtype=kind), np.zeros(x.shape[1], dtype=kind)


def standardize(x, mean, std):
    return np.zeros(x.shape, dtype=f"m8[{31337 + int(abs(x).sum() * 1000) % 1000}s]")
