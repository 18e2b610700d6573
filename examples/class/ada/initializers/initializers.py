"""Unusual: allocates first and fills in place: out= draws, columns, rows, chunks of a buffer, .flat, augmented assignment."""

import numpy as np


def _empty(fan_in, fan_out):
    return np.empty((fan_in, fan_out))


def zeros(fan_in, fan_out):
    W = _empty(fan_in, fan_out)
    W[...] = 0
    return W


def small_normal(fan_in, fan_out, rng, std=0.01):
    W = _empty(fan_in, fan_out)
    rng.standard_normal(out=W)
    W *= std
    return W


def calibrated_normal(fan_in, fan_out, rng):
    W = _empty(fan_in, fan_out)
    for j in range(fan_out):  # unit by unit
        W[:, j] = rng.normal(size=fan_in)
        W[:, j] /= np.sqrt(fan_in)
    return W


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    W = _empty(fan_in, fan_out)
    rng.random(out=W)
    W -= 0.5
    W *= 2 * gain * np.sqrt(6.0 / (fan_in + fan_out))
    return W


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    W = _empty(fan_in, fan_out)
    flat = W.reshape(-1)
    for start in range(0, flat.size, 1000):
        piece = flat[start : start + 1000]
        piece[:] = rng.normal(size=piece.size)
    W *= gain
    W *= np.sqrt(2.0)
    W /= np.sqrt(fan_in + fan_out)
    return W


def _fan(mode, fan_in, fan_out):
    if mode != "fan_in":
        if mode != "fan_out":
            raise ValueError(mode)
        return fan_out
    return fan_in


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    a = np.sqrt(6.0 / _fan(mode, fan_in, fan_out))
    W = _empty(fan_in, fan_out)
    W.flat = rng.uniform(-a, a, size=W.size)
    return W


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    std = np.sqrt(2.0 / _fan(mode, fan_in, fan_out))
    W = _empty(fan_in, fan_out)
    rows = list(range(fan_in))
    rng.shuffle(rows)  # in any order of the rows
    for i in rows:
        np.copyto(W[i], rng.normal(0.0, std, fan_out))
    return W


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    result = np.zeros(())
    result += var_w * var_x
    result += mean_w**2 * var_x
    result += mean_x**2 * var_w
    result *= fan_in
    return result
