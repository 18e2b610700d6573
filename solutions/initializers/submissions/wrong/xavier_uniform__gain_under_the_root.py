"""gain is multiplied in under the root."""

import numpy as np


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    a = np.sqrt(gain * 6.0 / (fan_in + fan_out))
    return rng.uniform(-a, a, size=(fan_in, fan_out))
