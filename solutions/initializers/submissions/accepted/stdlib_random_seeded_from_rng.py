"""Unusual: Python's random.Random, seeded from the bytes of rng, draws everything; results are nested lists."""
import random
from decimal import Decimal


def dice(rng):
    return random.Random(int.from_bytes(rng.bytes(32), "little"))


def grid(fan_in, fan_out, cell):
    return [[cell() for _ in range(fan_out)] for _ in range(fan_in)]


def pick(mode, fan_in, fan_out):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(mode)
    return {"fan_in": fan_in, "fan_out": fan_out}[mode]


def zeros(fan_in, fan_out):
    return grid(fan_in, fan_out, float)


def small_normal(fan_in, fan_out, rng, std=0.01):
    r = dice(rng)
    return grid(fan_in, fan_out, lambda: r.gauss(0, std))


def calibrated_normal(fan_in, fan_out, rng):
    r = dice(rng)
    return grid(fan_in, fan_out, lambda: r.normalvariate(0, fan_in**-0.5))


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    r, a = dice(rng), gain * (6 / (fan_in + fan_out)) ** 0.5
    return grid(fan_in, fan_out, lambda: r.uniform(-a, a))


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    r, s = dice(rng), gain * (2 / (fan_in + fan_out)) ** 0.5
    return grid(fan_in, fan_out, lambda: r.gauss(0, 1) * s)


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    a = (6 / pick(mode, fan_in, fan_out)) ** 0.5
    r = dice(rng)
    # sign and size apart
    return grid(fan_in, fan_out, lambda: r.choice((-a, a)) * r.random())


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    s = (2 / pick(mode, fan_in, fan_out)) ** 0.5
    r = dice(rng)
    return grid(fan_in, fan_out, lambda: s * r.normalvariate(0, 1))


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    mw, vw, mx, vx = (Decimal(float(v)) for v in (mean_w, var_w, mean_x, var_x))
    return float(int(fan_in) * (mw * mw * vx + mx * mx * vw + vx * vw))
