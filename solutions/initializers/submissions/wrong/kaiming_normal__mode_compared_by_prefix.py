"""mode.startswith('fan'): other names such as fan_sum slip through."""

import numpy as np


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    if not mode.startswith("fan"):
        raise ValueError(mode)
    fan = fan_out if mode.endswith("out") else fan_in
    return rng.normal(0.0, (2.0 / fan) ** 0.5, (fan_in, fan_out))
