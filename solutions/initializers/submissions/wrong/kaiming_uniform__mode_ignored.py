"""Checks mode but always divides by fan_in."""

import numpy as np


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(mode)
    a = np.sqrt(6.0 / fan_in)
    return rng.uniform(-a, a, (fan_in, fan_out))
