"""1 - (sinh / cosh)^2 is NaN where both overflow."""

import numpy as np


def tanh_backward(dy, x):
    t = np.sinh(x) / np.cosh(x)
    return dy * (1 - t * t)
