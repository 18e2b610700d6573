"""rng.random instead of standard normal, centred: uniform and of the wrong size."""

import numpy as np


def small_normal(fan_in, fan_out, rng, std=0.01):
    return std * (2 * rng.random((fan_in, fan_out)) - 1)
