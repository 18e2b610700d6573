"""2 sigmoid(x) - 1 instead of 2 sigmoid(2x) - 1."""

import numpy as np


def tanh(x):
    return 2 / (1 + np.exp(-x)) - 1
