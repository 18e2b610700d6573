"""Variance 1/fan, without the ReLU's factor 2."""

import numpy as np


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(mode)
    fan = fan_out if mode == "fan_out" else fan_in
    return rng.standard_normal((fan_in, fan_out)) * fan ** -0.5
