"""log(1 + exp(x)) is inf from x = 710 on."""

import numpy as np


def softplus(x):
    return np.log(1 + np.exp(x))
