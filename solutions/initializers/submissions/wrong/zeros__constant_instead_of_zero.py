"""All weights equal, but 0.01 instead of 0."""

import numpy as np


def zeros(fan_in, fan_out):
    return np.full((fan_in, fan_out), 0.01)
