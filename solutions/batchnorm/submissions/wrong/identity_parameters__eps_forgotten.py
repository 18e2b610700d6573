"""gamma = sqrt(var), without eps."""

import numpy as np


def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var), mean.copy()
