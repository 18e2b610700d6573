"""The standard deviation has gain squared."""

import numpy as np


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    w = rng.normal(0.0, gain * np.sqrt(2.0 / (fan_in + fan_out)), size=(fan_in, fan_out))
    return gain * w
