"""Rounds x before it looks at the sign, small positive inputs are cut off."""

import numpy as np


def relu_backward(dy, x):
    return dy * (np.round(x) > 0)
