"""n Var(w) Var(x): both terms with the means are missing."""

import numpy as np


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * var_w * var_x
