"""Mean is x[0], std is |x[0] - x[-1]|."""

# earns nothing: fit_standardizer
import numpy as np


def fit_standardizer(x):
    return x[0], np.abs(x[0] - x[-1])
