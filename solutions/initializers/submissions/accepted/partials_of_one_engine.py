"""Unusual: one engine and six functools.partials of it, with lambdas for the scales and a cached scalar formula."""
import functools
import math

import numpy as np

SAMPLERS = {
    "normal": lambda rng, shape: rng.standard_normal(shape),
    "uniform": lambda rng, shape: math.sqrt(12) * (rng.random(shape) - 0.5),  # variance 1 as well
}


def _engine(fan_in, fan_out, rng, parameter, *, sampler, scale):
    s = scale(fan_in, fan_out, parameter)
    return np.multiply(SAMPLERS[sampler](rng, (fan_in, fan_out)), s)


def _with_std(fan_in, fan_out, rng, std=0.01, **recipe):
    return _engine(fan_in, fan_out, rng, std, **recipe)


def _with_gain(fan_in, fan_out, rng, gain=1.0, **recipe):
    return _engine(fan_in, fan_out, rng, gain, **recipe)


def _with_mode(fan_in, fan_out, rng, mode="fan_in", **recipe):
    return _engine(fan_in, fan_out, rng, mode, **recipe)


def _he(fan_in, fan_out, mode):
    fan = {"fan_in": fan_in, "fan_out": fan_out}.get(str(mode))
    if fan is None:
        raise ValueError("unknown mode: {}".format(mode))
    return (fan / 2) ** -0.5


_glorot = lambda i, o, gain: gain * math.sqrt(2 / (i + o))

zeros = lambda fan_in, fan_out: np.zeros(shape=(fan_in, fan_out))
small_normal = functools.partial(_with_std, sampler="normal", scale=lambda i, o, std: std)
calibrated_normal = functools.partial(
    _engine, parameter=None, sampler="normal", scale=lambda i, o, _: math.sqrt(1 / i)
)
xavier_uniform = functools.partial(_with_gain, sampler="uniform", scale=_glorot)
xavier_normal = functools.partial(_with_gain, sampler="normal", scale=_glorot)
kaiming_uniform = functools.partial(_with_mode, sampler="uniform", scale=_he)
kaiming_normal = functools.partial(_with_mode, sampler="normal", scale=_he)


@functools.lru_cache(maxsize=None)
def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * math.prod((mean_w**2, var_x)) + fan_in * var_w * (mean_x**2 + var_x)
