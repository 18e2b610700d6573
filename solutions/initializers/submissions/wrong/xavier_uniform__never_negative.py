"""Draws from U(0, a)."""

import numpy as np


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    a = gain * np.sqrt(6 / (fan_in + fan_out))
    return a * rng.random((fan_in, fan_out))
