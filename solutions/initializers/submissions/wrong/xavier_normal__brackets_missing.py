"""2/fan_in + fan_out: the denominator has lost its brackets."""

import numpy as np


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    std = gain * np.sqrt(2.0 / fan_in + fan_out)
    return std * rng.standard_normal((fan_in, fan_out))
