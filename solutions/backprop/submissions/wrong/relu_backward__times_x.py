"""dy * max(x, 0): the value of ReLU in place of its slope."""

import numpy as np


def relu_backward(dy, x):
    return dy * np.maximum(x, 0)
