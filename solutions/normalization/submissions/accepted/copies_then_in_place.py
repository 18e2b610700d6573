"""Takes a copy first and then works on it in place only."""
import numpy as np


def fit_standardizer(x):
    work = np.array(x, order="F", copy=True)
    mean = np.empty(work.shape[1])
    np.add.reduce(work, axis=0, out=mean)
    mean /= work.shape[0]
    work -= mean
    np.multiply(work, work, out=work)
    std = np.empty_like(mean)
    np.add.reduce(work, axis=0, out=std)
    std /= work.shape[0]
    np.sqrt(std, out=std)
    return mean, std


def standardize(x, mean, std):
    out = x.copy()
    out -= mean
    scale = std.copy()
    flat = scale == 0
    scale[flat] = 1
    out /= scale
    out[:, flat] = 0
    return out
