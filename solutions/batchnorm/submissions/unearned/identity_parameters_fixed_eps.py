"""Identity_parameters adds 0.3 to the variance, whatever eps is."""

# earns nothing: identity_parameters
import numpy as np


def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var + 0.3), mean
