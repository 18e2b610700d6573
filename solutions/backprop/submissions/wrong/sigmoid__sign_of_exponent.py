"""1 / (1 + exp(x)): the curve falls instead of rising."""

import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(x))
