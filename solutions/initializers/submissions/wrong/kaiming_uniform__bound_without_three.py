"""The bound is sqrt(2/fan), the standard deviation."""

import numpy as np


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(mode)
    a = np.sqrt(2.0 / (fan_in if mode == "fan_in" else fan_out))
    return rng.uniform(-a, a, (fan_in, fan_out))
