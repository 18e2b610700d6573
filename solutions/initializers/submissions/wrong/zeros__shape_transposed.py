"""Returns (fan_out, fan_in)."""

import numpy as np


def zeros(fan_in, fan_out):
    return np.zeros((fan_out, fan_in))
