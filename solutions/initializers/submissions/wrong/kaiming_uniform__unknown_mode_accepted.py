"""Everything that is not fan_in counts as fan_out, no ValueError."""

import numpy as np


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    fan = fan_in if mode == "fan_in" else fan_out
    a = np.sqrt(6.0 / fan)
    return rng.uniform(-a, a, (fan_in, fan_out))
