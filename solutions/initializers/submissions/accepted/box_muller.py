"""Unusual: normal draws by Box-Muller (both halves used) from uniform ones; the variance from second moments."""
import numpy as np
from math import pi


def _gauss(rng, how_many):
    half = (how_many + 1) // 2
    u1 = 1.0 - rng.random(half)  # in (0, 1], never log(0)
    u2 = rng.random(half)
    radius = np.sqrt(-2.0 * np.log(u1))
    both = np.concatenate([radius * np.cos(2 * pi * u2), radius * np.sin(2 * pi * u2)])
    return both[:how_many]  # an odd number throws one away


def _normal(shape, rng, variance):
    return np.sqrt(variance) * _gauss(rng, shape[0] * shape[1]).reshape(shape)


def _uniform(shape, rng, a):
    u = rng.random(shape)
    return a * u - a * (1 - u)


def zeros(fan_in, fan_out):
    return np.full((fan_in, fan_out), 0.0)


def small_normal(fan_in, fan_out, rng, std=0.01):
    return _normal((fan_in, fan_out), rng, std**2)


def calibrated_normal(fan_in, fan_out, rng):
    return _normal((fan_in, fan_out), rng, 1.0 / fan_in)


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    # a uniform on (-a, a) has the variance a^2/3
    variance = gain**2 * 2.0 / (fan_in + fan_out)
    return _uniform((fan_in, fan_out), rng, np.sqrt(3 * variance))


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return _normal((fan_in, fan_out), rng, gain**2 * 2.0 / (fan_in + fan_out))


def _fan(fan_in, fan_out, mode):
    fans = {"fan_in": fan_in, "fan_out": fan_out}
    try:
        return fans[mode]
    except (KeyError, TypeError):
        raise ValueError(f"unknown mode {mode!r}") from None


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    return _uniform((fan_in, fan_out), rng, np.sqrt(6.0 / _fan(fan_in, fan_out, mode)))


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    return _normal((fan_in, fan_out), rng, 2.0 / _fan(fan_in, fan_out, mode))


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    # Var(wx) = E[w^2] E[x^2] - E[w]^2 E[x]^2
    second_w = var_w + mean_w**2
    second_x = var_x + mean_x**2
    return fan_in * (second_w * second_x - (mean_w * mean_x) ** 2)
