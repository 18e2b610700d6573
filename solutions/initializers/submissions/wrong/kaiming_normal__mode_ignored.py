"""Accepts both modes, but computes fan_in in either."""

import numpy as np


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    if mode != "fan_in" and mode != "fan_out":
        raise ValueError(mode)
    fan = fan_in
    return np.sqrt(2.0 / fan) * rng.standard_normal((fan_in, fan_out))
