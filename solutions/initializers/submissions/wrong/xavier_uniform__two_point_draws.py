"""Draws only the values -a and a instead of everything between them."""

import numpy as np


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    a = gain * (6.0 / (fan_in + fan_out)) ** 0.5
    return rng.choice([-a, a], size=(fan_in, fan_out))
