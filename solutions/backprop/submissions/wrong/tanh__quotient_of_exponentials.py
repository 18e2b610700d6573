"""(e^x - e^-x) / (e^x + e^-x): inf / inf for large |x|."""

import numpy as np


def tanh(x):
    p, m = np.exp(x), np.exp(-x)
    return (p - m) / (p + m)
