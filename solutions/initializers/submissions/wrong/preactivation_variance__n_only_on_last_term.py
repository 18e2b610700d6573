"""The bracket is missing, so n multiplies only one of three terms."""

import numpy as np


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return mean_w ** 2 * var_x + mean_x ** 2 * var_w + fan_in * var_x * var_w
