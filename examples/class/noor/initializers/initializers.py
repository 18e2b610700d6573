"""Unusual: float32 draws, float32 scales, float32 results, and the variance formula in float32 as well."""

import numpy as np

single = np.float32


def root(value):
    return np.sqrt(single(value))


def zeros(fan_in, fan_out):
    return np.zeros((fan_in, fan_out), dtype=single)


def small_normal(fan_in, fan_out, rng, std=0.01):
    return single(std) * rng.standard_normal((fan_in, fan_out), dtype=single)


def calibrated_normal(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out), dtype=single) / root(fan_in)


def _symmetric(rng, shape, a):
    u = rng.random(shape, dtype=single)
    return (u + u - single(1)) * a


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    return _symmetric(rng, (fan_in, fan_out), single(gain) * root(6 / (fan_in + fan_out)))


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    W = rng.normal(size=(fan_in, fan_out)).astype(single)
    return W * (single(gain) * root(2 / (fan_in + fan_out)))


def _fan(fan_in, fan_out, mode):
    if mode == "fan_in":
        return fan_in
    if mode == "fan_out":
        return fan_out
    raise ValueError(f"{mode=}")


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    return _symmetric(rng, (fan_in, fan_out), root(6 / _fan(fan_in, fan_out, mode)))


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    n = _fan(fan_in, fan_out, mode)
    return rng.standard_normal((fan_in, fan_out), dtype=single) * root(2 / n)


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    n, mw, vw, mx, vx = map(single, (fan_in, mean_w, var_w, mean_x, var_x))
    return n * (mw * mw * vx + mx * mx * vw + vx * vw)
