"""The hard sigmoid, 0.2 x + 0.5 cut at 0 and 1."""

import numpy as np


def sigmoid(x):
    return np.clip(0.2 * x + 0.5, 0.0, 1.0)
