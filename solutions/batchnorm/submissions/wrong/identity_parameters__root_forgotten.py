"""gamma = var + eps."""

import numpy as np


def identity_parameters(mean, var, eps=1e-5):
    return var + eps, mean.copy()
