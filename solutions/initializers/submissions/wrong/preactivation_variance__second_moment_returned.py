"""n E[w^2] E[x^2]: the product of the squared means was not subtracted."""

import numpy as np


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * (var_w + mean_w ** 2) * (var_x + mean_x ** 2)
