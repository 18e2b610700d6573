"""Returns the usual initial values 1 and 0, which leave the data normalised."""

import numpy as np


def identity_parameters(mean, var, eps=1e-5):
    return np.ones_like(var), np.zeros_like(mean)
