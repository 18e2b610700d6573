"""Takes the 6 of the uniform bound into the variance of the normal."""

import numpy as np


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return gain * np.sqrt(6.0 / (fan_in + fan_out)) * rng.standard_normal((fan_in, fan_out))
