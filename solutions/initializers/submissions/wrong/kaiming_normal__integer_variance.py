"""Integer division of 2 by fan makes all weights 0 for fan > 2."""

import numpy as np


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(mode)
    fan = fan_in if mode == "fan_in" else fan_out
    return np.sqrt(2 // fan) * rng.standard_normal((fan_in, fan_out))
