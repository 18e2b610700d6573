"""A division by zero masks the entry; the masked ones are filled with 0 in the end."""
import numpy as np
from numpy import ma


def fit_standardizer(x):
    data = ma.array(x, mask=False)
    mean = data.mean(axis=0)
    deviation = ma.anom(data, axis=0)
    return mean, ma.sqrt((deviation ** 2).mean(axis=0))


def standardize(x, mean, std):
    scale = ma.masked_values(std, 0.0, rtol=0, atol=0)
    z = ma.array(x - mean) / scale
    return z.filled(0.0)
