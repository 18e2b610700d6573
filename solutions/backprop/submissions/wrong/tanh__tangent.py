"""np.tan instead of np.tanh."""

import numpy as np


def tanh(x):
    return np.tan(x)
