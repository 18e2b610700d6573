"""Passes the variance to rng.normal, which wants the standard deviation."""

import numpy as np


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return rng.normal(0.0, gain ** 2 * 2 / (fan_in + fan_out), size=(fan_in, fan_out))
