"""n Var(w) E[x^2]: right only for weights of mean 0."""

import numpy as np


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * var_w * (var_x + mean_x ** 2)
