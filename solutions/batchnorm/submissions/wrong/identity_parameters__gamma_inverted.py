"""gamma = 1/sqrt(var + eps) normalises twice."""

import numpy as np


def identity_parameters(mean, var, eps=1e-5):
    return 1.0 / np.sqrt(var + eps), np.array(mean)
