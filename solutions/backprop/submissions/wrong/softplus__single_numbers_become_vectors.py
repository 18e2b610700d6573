"""A single number comes back as a vector of one."""

import numpy as np


def softplus(x):
    return np.logaddexp(0.0, np.atleast_1d(x))
