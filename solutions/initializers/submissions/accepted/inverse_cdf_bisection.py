"""Unusual: normal draws invert the distribution function, by bisection on math.erfc and two Newton steps, in pure Python."""
from math import erfc, exp, pi, sqrt

import numpy as np


def quantile_upper(p):
    """z >= 0 with P(Z > z) = p, for 0 < p <= 1/2"""
    lo, hi = 0.0, 9.0
    for _ in range(9):
        mid = (lo + hi) / 2
        if erfc(mid / sqrt(2)) / 2 > p:
            lo = mid
        else:
            hi = mid
    z = (lo + hi) / 2
    for _ in range(3):
        density = exp(-z * z / 2) / sqrt(2 * pi)
        z += (erfc(z / sqrt(2)) / 2 - p) / density
    return z


def standard(rng, n):
    values = []
    for u in rng.random(n).tolist():
        p = (u if u < 0.5 else 1 - u) or 2.0**-54  # the tail on the side of u
        z = quantile_upper(p)
        values.append(-z if u < 0.5 else z)
    return values


def _normal(fan_in, fan_out, rng, s):
    return s * np.array(standard(rng, fan_in * fan_out)).reshape(fan_in, fan_out)


def _uniform(fan_in, fan_out, rng, a):
    # the inverse of F(w) = (w + a) / (2a)
    return 2 * a * rng.random((fan_in, fan_out)) - a


def zeros(fan_in, fan_out):
    return np.zeros([fan_in, fan_out])


def small_normal(fan_in, fan_out, rng, std=0.01):
    return _normal(fan_in, fan_out, rng, std)


def calibrated_normal(fan_in, fan_out, rng):
    return _normal(fan_in, fan_out, rng, sqrt(1 / fan_in))


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    return _uniform(fan_in, fan_out, rng, gain * sqrt(6 / (fan_in + fan_out)))


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return _normal(fan_in, fan_out, rng, sqrt(gain * gain * 2 / (fan_in + fan_out)))


FANS = ("fan_in", "fan_out")


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    fan = (fan_in, fan_out)[FANS.index(mode)]  # index() raises the ValueError
    return _uniform(fan_in, fan_out, rng, sqrt(6 / fan))


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    fan = (fan_in, fan_out)[FANS.index(mode)]
    return _normal(fan_in, fan_out, rng, sqrt(2 / fan))


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    # two-point variables mean +- deviation have just these moments: list all four products
    sw, sx = sqrt(var_w), sqrt(var_x)
    deviations = [(mean_w + i * sw) * (mean_x + j * sx) - mean_w * mean_x for i in (-1, 1) for j in (-1, 1)]
    return fan_in * sum(d * d for d in deviations) / 4
