"""Unusual: normal draws by Marsaglia's polar method in pure Python, so how many numbers are drawn is itself random."""
import math

import numpy as np


class ModeError(ValueError):
    """neither fan_in nor fan_out"""


def polar(rng, count):
    result = []
    while len(result) < count:
        # a pool of candidates; about 21 % fall outside of the circle
        pool = rng.uniform(-1, 1, size=(count, 2)).tolist()
        for a, b in pool:
            s = a * a + b * b
            if 0.0 < s < 1.0:
                f = math.sqrt(-2.0 * math.log(s) / s)
                result.append(a * f)
                result.append(b * f)
    return result[:count]


def gaussian_matrix(rows, columns, rng, sigma):
    numbers = polar(rng, rows * columns)
    return [[sigma * z for z in numbers[r * columns:(r + 1) * columns]] for r in range(rows)]


def box_matrix(rows, columns, rng, bound):
    # rejection here as well: the coordinate of a point in the square is uniform
    return rng.uniform(low=-bound, high=bound, size=rows * columns).reshape(rows, columns).tolist()


def zeros(fan_in, fan_out):
    return [[0.0] * fan_out for _ in range(fan_in)]


def small_normal(fan_in, fan_out, rng, std=0.01):
    return gaussian_matrix(fan_in, fan_out, rng, std)


def calibrated_normal(fan_in, fan_out, rng):
    return gaussian_matrix(fan_in, fan_out, rng, fan_in ** -0.5)


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    return box_matrix(fan_in, fan_out, rng, gain * (6 / (fan_in + fan_out)) ** 0.5)


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    mean_fan = (fan_in + fan_out) / 2
    return gaussian_matrix(fan_in, fan_out, rng, gain / math.sqrt(mean_fan))


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    if mode != "fan_in" and mode != "fan_out":
        raise ModeError(mode)
    n = fan_out if mode == "fan_out" else fan_in
    return box_matrix(fan_in, fan_out, rng, math.sqrt(3) * math.sqrt(2 / n))


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    if mode != "fan_in" and mode != "fan_out":
        raise ModeError(mode)
    n = fan_out if mode == "fan_out" else fan_in
    return gaussian_matrix(fan_in, fan_out, rng, math.sqrt(2) / math.sqrt(n))


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    one = math.fsum([mean_w ** 2 * var_x, mean_x ** 2 * var_w, var_x * var_w])
    return math.fsum(one for _ in range(fan_in))
