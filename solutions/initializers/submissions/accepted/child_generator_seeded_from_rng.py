"""Unusual: every call seeds a new generator of another kind (Philox, SFC64, MT19937) from one draw of rng and uses only that."""
import numpy as np
from numpy.random import MT19937, PCG64DXSM, SFC64, Generator, Philox, SeedSequence


def child(rng, kind=Philox):
    seed = rng.integers(0, 2**63, size=2)
    return Generator(kind(SeedSequence([int(s) for s in seed])))


def he_fan(mode, fi, fo):
    known = {"fan_in", "fan_out"}
    if not isinstance(mode, str) or mode not in known:
        raise ValueError("mode: " + ", ".join(sorted(known)))
    return fi if mode == "fan_in" else fo


def zeros(fan_in, fan_out):
    return np.multiply.outer(np.zeros(fan_in), np.zeros(fan_out))


def small_normal(fan_in, fan_out, rng, std=0.01):
    return child(rng).normal(size=(fan_in, fan_out), scale=std)


def calibrated_normal(fan_in, fan_out, rng):
    c = child(rng, SFC64)
    return c.normal(size=(fan_in, fan_out)) * np.reciprocal(np.sqrt(float(fan_in)))


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    c = child(rng, MT19937)
    a = gain * np.sqrt(6 / (fan_in + fan_out))
    return c.uniform(-1, 1, (fan_in, fan_out)) * a


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    c = child(rng, PCG64DXSM)
    return gain * c.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    a = np.sqrt(6 / he_fan(mode, fan_in, fan_out))
    # one child per row
    rows = [child(rng).uniform(-a, a, fan_out) for _ in range(fan_in)]
    return np.stack(rows)


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    s = np.sqrt(2 / he_fan(mode, fan_in, fan_out))
    columns = [s * child(rng).standard_normal(fan_in) for _ in range(fan_out)]
    return np.column_stack(columns)


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    per_input = np.dot([mean_w**2, var_w], [var_x, mean_x**2 + var_x])
    return np.array(fan_in * per_input)  # 0-d
