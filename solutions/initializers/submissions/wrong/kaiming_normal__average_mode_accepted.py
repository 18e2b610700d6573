"""Takes fan_avg as a third mode instead of refusing it."""

import numpy as np


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    if mode == "fan_in":
        fan = fan_in
    elif mode == "fan_out":
        fan = fan_out
    elif mode == "fan_avg":
        fan = (fan_in + fan_out) / 2
    else:
        raise ValueError("unknown mode " + repr(mode))
    return rng.normal(0, np.sqrt(2 / fan), (fan_in, fan_out))
