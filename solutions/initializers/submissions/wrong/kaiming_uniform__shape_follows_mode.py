"""In mode fan_out the matrix comes back as (fan_out, fan_in)."""

import numpy as np


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    if mode == "fan_in":
        fan, other = fan_in, fan_out
    elif mode == "fan_out":
        fan, other = fan_out, fan_in
    else:
        raise ValueError(mode)
    a = np.sqrt(6.0 / fan)
    return rng.uniform(-a, a, (fan, other))
