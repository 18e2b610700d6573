"""ReLU6, stops growing at 6."""

import numpy as np


def relu(x):
    return np.minimum(np.maximum(x, 0), 6)
