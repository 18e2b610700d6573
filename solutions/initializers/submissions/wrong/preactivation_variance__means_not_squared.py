"""E[w] and E[x] enter without their squares."""

import numpy as np


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * (mean_w * var_x + mean_x * var_w + var_x * var_w)
