"""Takes the root of std as if it were the variance."""

import numpy as np


def small_normal(fan_in, fan_out, rng, std=0.01):
    return rng.normal(0.0, np.sqrt(std), size=(fan_in, fan_out))
