"""Draws one column and repeats it, so all units start equal."""

import numpy as np


def small_normal(fan_in, fan_out, rng, std=0.01):
    column = rng.normal(0, std, size=(fan_in, 1))
    return np.repeat(column, fan_out, axis=1)
