"""Uses the standard deviation as the bound: the factor sqrt(3) is missing."""

import numpy as np


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    a = gain * np.sqrt(2.0 / (fan_in + fan_out))
    return rng.uniform(-a, a, (fan_in, fan_out))
