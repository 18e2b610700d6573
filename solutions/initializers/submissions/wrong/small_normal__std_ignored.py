"""The parameter std is never used, always 0.01."""

import numpy as np


def small_normal(fan_in, fan_out, rng, std=0.01):
    return 0.01 * rng.standard_normal((fan_in, fan_out))
