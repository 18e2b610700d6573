"""log1p(exp(-|x|)) without max(x, 0)."""

import numpy as np


def softplus(x):
    return np.log1p(np.exp(-np.abs(x)))
