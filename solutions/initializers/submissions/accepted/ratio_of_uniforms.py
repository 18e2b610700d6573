"""Unusual: normal draws by the ratio of uniforms with rejection, missing entries redrawn until the matrix is full."""
import numpy as np


def _standard_normal(shape, rng):
    """Kinderman-Monahan: v/u for a point under the curve u^2 = exp(-(v/u)^2 / 2)"""
    W = np.full(shape, np.nan)
    while True:
        missing = np.isnan(W)
        count = np.count_nonzero(missing)
        if count == 0:
            return W
        u = 1 - rng.random(count)
        v = np.sqrt(2 / np.e) * (2 * rng.random(count) - 1)
        z = v / u
        z[z * z > -4 * np.log(u)] = np.nan  # rejected
        W[missing] = z


def _disc_uniform(shape, rng):
    """U(-1, 1) by throwing away what falls outside of a wider interval"""
    kept = np.empty(0)
    size = shape[0] * shape[1]
    while kept.size < size:
        throw = rng.uniform(-1.5, 1.5, size=2 * size)
        kept = np.append(kept, throw[np.abs(throw) < 1])
    return kept[:size].reshape(shape)


def zeros(fan_in, fan_out):
    return np.zeros(fan_in * fan_out).reshape(fan_in, -1)


def small_normal(fan_in, fan_out, rng, std=0.01):
    return _standard_normal((fan_in, fan_out), rng) * std


def calibrated_normal(fan_in, fan_out, rng):
    W = _standard_normal((fan_in, fan_out), rng)
    return W / fan_in**0.5


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    return gain * np.sqrt(6 / (fan_in + fan_out)) * _disc_uniform((fan_in, fan_out), rng)


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return gain * np.sqrt(2 / (fan_in + fan_out)) * _standard_normal((fan_in, fan_out), rng)


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    fans = dict(fan_in=fan_in, fan_out=fan_out)
    if mode not in list(fans):
        raise ValueError("mode")
    return np.sqrt(6 / fans[mode]) * _disc_uniform((fan_in, fan_out), rng)


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    fans = dict(fan_in=fan_in, fan_out=fan_out)
    if mode not in list(fans):
        raise ValueError("mode")
    return np.sqrt(2 / fans[mode]) * _standard_normal((fan_in, fan_out), rng)


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    # (1, m^2/v) form: n Var(w) Var(x) + what the two means add
    noise = var_w * var_x
    through_w, through_x = mean_w**2 * var_x, mean_x**2 * var_w
    return sum([noise, through_w, through_x]) * fan_in
