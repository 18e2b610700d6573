"""Uses the ReLU variance 2/fan_in."""

import numpy as np


def calibrated_normal(fan_in, fan_out, rng):
    return np.sqrt(2 / fan_in) * rng.standard_normal((fan_in, fan_out))
