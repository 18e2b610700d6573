"""An unknown mode raises KeyError, which is not a ValueError."""

import numpy as np


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    fan = {"fan_in": fan_in, "fan_out": fan_out}[mode]
    return rng.normal(0, np.sqrt(2 / fan), (fan_in, fan_out))
