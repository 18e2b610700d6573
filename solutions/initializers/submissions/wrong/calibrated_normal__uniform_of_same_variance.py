"""Right variance, but drawn from a uniform instead of a normal distribution."""

import numpy as np


def calibrated_normal(fan_in, fan_out, rng):
    half_width = np.sqrt(3.0 / fan_in)
    return rng.uniform(-half_width, half_width, size=(fan_in, fan_out))
