"""Unusual: every weight is drawn on its own in a double Python loop; the variance adds up fan_in terms one after another."""

import math

import numpy as np


def fill(fan_in, fan_out, draw):
    W = np.zeros((fan_in, fan_out))
    for i in range(fan_in):
        for j in range(fan_out):
            W[i, j] = draw()
    return W


def zeros(fan_in, fan_out):
    return fill(fan_in, fan_out, lambda: 0)


def small_normal(fan_in, fan_out, rng, std=0.01):
    return fill(fan_in, fan_out, lambda: rng.normal(0, std))


def calibrated_normal(fan_in, fan_out, rng):
    s = 1 / math.sqrt(fan_in)
    return fill(fan_in, fan_out, lambda: s * rng.standard_normal())


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    a = gain * math.sqrt(6 / (fan_in + fan_out))
    return fill(fan_in, fan_out, lambda: (2 * rng.random() - 1) * a)


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    s = gain * math.sqrt(2 / (fan_in + fan_out))
    return fill(fan_in, fan_out, lambda: s * rng.standard_normal())


def choose(mode, fan_in, fan_out):
    if mode == "fan_in":
        return fan_in
    elif mode == "fan_out":
        return fan_out
    else:
        raise ValueError("mode must be fan_in or fan_out, not " + repr(mode))


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    a = math.sqrt(6 / choose(mode, fan_in, fan_out))
    return fill(fan_in, fan_out, lambda: rng.uniform(-a, a))


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    s = math.sqrt(2 / choose(mode, fan_in, fan_out))
    return fill(fan_in, fan_out, lambda: rng.normal(scale=s))


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    total = 0.0
    for _ in range(fan_in):  # the variances of independent terms add up
        total += mean_w * mean_w * var_x + mean_x * mean_x * var_w + var_x * var_w
    return total
