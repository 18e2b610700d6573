"""Adds standard deviations instead of variances over the inputs, hence n squared."""

import numpy as np


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    one = np.sqrt(mean_w ** 2 * var_x + mean_x ** 2 * var_w + var_x * var_w)
    return (fan_in * one) ** 2
