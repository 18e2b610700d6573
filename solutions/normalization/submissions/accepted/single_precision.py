"""float32 from the first line to the last, as on a graphics card."""
import numpy as np

F = np.float32


def fit_standardizer(x):
    x = x.astype(F)
    n = F(x.shape[0])
    mean = x.sum(axis=0, dtype=F) / n
    centred = x - mean
    std = np.sqrt((centred * centred).sum(axis=0, dtype=F) / n)
    return mean, std


def standardize(x, mean, std):
    x, mean, std = (np.asarray(a, dtype=F) for a in (x, mean, std))
    alive = std > F(0)
    z = np.zeros(x.shape, F)
    z[:, alive] = (x[:, alive] - mean[alive]) / std[alive]
    assert z.dtype == F
    return z
