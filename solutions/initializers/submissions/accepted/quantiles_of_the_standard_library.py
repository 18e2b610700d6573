"""Unusual: statistics.NormalDist.inv_cdf of random integers, uniforms from integers too; returns nested lists or Fractions' floats."""
from fractions import Fraction
from statistics import NormalDist

import numpy as np

PHI = NormalDist(mu=0.0, sigma=1.0)
STEPS = 2**52


def midpoints(rng, fan_in, fan_out):
    """numbers in the middle of 2^52 equal cells of (0, 1): neither 0 nor 1 can come out"""
    k = rng.integers(low=0, high=STEPS, size=(fan_in, fan_out))
    return (k + 0.5) / STEPS


def normal_rows(rng, fan_in, fan_out, variance):
    sigma = float(variance) ** 0.5
    return [[sigma * PHI.inv_cdf(u) for u in row] for row in midpoints(rng, fan_in, fan_out).tolist()]


def uniform_rows(rng, fan_in, fan_out, a):
    return [[a * (2 * u - 1) for u in row] for row in midpoints(rng, fan_in, fan_out).tolist()]


def zeros(fan_in, fan_out):
    row = [0] * fan_out
    return [row for _ in range(fan_in)]  # one row object, many times over


def small_normal(fan_in, fan_out, rng, std=0.01):
    return normal_rows(rng, fan_in, fan_out, std * std)


def calibrated_normal(fan_in, fan_out, rng):
    return normal_rows(rng, fan_in, fan_out, Fraction(1, fan_in))


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    return uniform_rows(rng, fan_in, fan_out, gain * float(Fraction(6, fan_in + fan_out)) ** 0.5)


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return normal_rows(rng, fan_in, fan_out, gain**2 * Fraction(2, fan_in + fan_out))


def which(mode, fan_in, fan_out):
    for name, value in (("fan_in", fan_in), ("fan_out", fan_out)):
        if mode == name:
            return value
    raise ValueError(mode)


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    return uniform_rows(rng, fan_in, fan_out, float(Fraction(6, which(mode, fan_in, fan_out))) ** 0.5)


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    return normal_rows(rng, fan_in, fan_out, Fraction(2, which(mode, fan_in, fan_out)))


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    mw, vw, mx, vx = map(Fraction, (mean_w, var_w, mean_x, var_x))
    # exact rational arithmetic: no cancellation in the short form
    return float(fan_in * ((mw**2 + vw) * (mx**2 + vx) - mw**2 * mx**2))
