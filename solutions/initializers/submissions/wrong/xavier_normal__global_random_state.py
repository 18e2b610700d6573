"""np.random.randn: does not depend on the generator."""

import numpy as np


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return gain * np.sqrt(2.0 / (fan_in + fan_out)) * np.random.randn(fan_in, fan_out)
