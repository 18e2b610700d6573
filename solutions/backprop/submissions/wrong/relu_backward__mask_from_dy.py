"""The gate looks at dy instead of x."""

import numpy as np


def relu_backward(dy, x):
    return np.where(dy > 0, dy, 0)
