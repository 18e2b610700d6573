"""The term with E[x] squared is missing."""

import numpy as np


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * (mean_w ** 2 * var_x + var_x * var_w)
