"""fan_in mode divides by fan_out and the other way round."""

import numpy as np


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    fans = {"fan_in": fan_out, "fan_out": fan_in}
    if mode not in fans:
        raise ValueError("unknown mode")
    a = np.sqrt(6.0 / fans[mode])
    return a * (1 - 2 * rng.random((fan_in, fan_out)))
