"""The slope is computed as relu(x) / x, which is 0 / 0 at 0."""

import numpy as np


def relu_backward(dy, x):
    return dy * np.maximum(x, 0) / x
