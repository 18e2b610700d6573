"""The variance has gain instead of gain squared."""

import numpy as np


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    var = gain * 2.0 / (fan_in + fan_out)
    return rng.normal(0.0, np.sqrt(var), size=(fan_in, fan_out))
