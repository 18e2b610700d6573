"""1 / (1 + e^x): the wrong sign in the exponent."""

import numpy as np


def softplus_backward(dy, x):
    return dy / (1 + np.exp(x))
