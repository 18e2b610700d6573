"""Takes absolute values, so no weight is negative."""

import numpy as np


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(mode)
    fan = fan_in if mode == "fan_in" else fan_out
    return np.abs(rng.normal(0, np.sqrt(2 / fan), (fan_in, fan_out)))
