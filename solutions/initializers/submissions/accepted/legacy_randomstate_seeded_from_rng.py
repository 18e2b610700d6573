"""Unusual: numpy's old RandomState interface (randn, rand, random_sample), seeded from rng or sharing its bit generator."""
import numpy as np


def old_style(rng):
    """a RandomState of its own; rng moves on, so the next one is different"""
    return np.random.RandomState(rng.integers(0, 2**32, size=16, dtype=np.uint32))


def on_top_of(rng):
    """the old methods on the very same stream"""
    return np.random.RandomState(rng.bit_generator)


def fan(mode, **sizes):
    if mode in list(sizes):
        return sizes[mode]
    raise ValueError("fan_in or fan_out, please")


def zeros(fan_in, fan_out):
    return 0 * np.ones((fan_in, fan_out))


def small_normal(fan_in, fan_out, rng, std=0.01):
    return old_style(rng).randn(fan_in, fan_out) * std


def calibrated_normal(fan_in, fan_out, rng):
    return on_top_of(rng).randn(fan_in, fan_out) / np.sqrt(fan_in)


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    limit = gain * np.sqrt(6.0 / (fan_in + fan_out))
    return old_style(rng).uniform(-limit, limit, (fan_in, fan_out))


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return old_style(rng).normal(0, gain * np.sqrt(2.0 / (fan_in + fan_out)), (fan_in, fan_out))


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    n = fan(mode, fan_in=fan_in, fan_out=fan_out)
    sample = on_top_of(rng).random_sample((fan_in, fan_out))
    return (sample - 0.5) * 2 * np.sqrt(6.0 / n)


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    n = fan(mode, fan_in=fan_in, fan_out=fan_out)
    return old_style(rng).standard_normal((fan_in, fan_out)) * np.sqrt(2.0 / n)


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return np.float64(fan_in) * np.sum([mean_w**2 * var_x, var_w * mean_x**2, var_x * var_w])
