"""Unusual: odd but convertible results (matrix, masked array, big-endian, longdouble, read-only, lists of rows) and odd draws."""
import numpy as np


def zeros(fan_in, fan_out):
    # one single zero in memory, read-only, strides (0, 0)
    return np.broadcast_to(np.float64(0), (fan_in, fan_out))


def small_normal(fan_in, fan_out, rng, std=0.01):
    # a lognormal draw is the exponential of a normal one
    return np.ma.array(np.log(rng.lognormal(0.0, std, (fan_in, fan_out))), mask=False)


def calibrated_normal(fan_in, fan_out, rng):
    rows = []
    for _ in range(fan_in):
        rows.append(rng.normal(0, fan_in**-0.5, size=fan_out))
    return rows  # a list of arrays


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    # Beta(1, 1) is the uniform distribution
    a = gain * np.sqrt(6 / (fan_in + fan_out))
    return np.asmatrix(a * (2 * rng.beta(1, 1, (fan_in, fan_out)) - 1))


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    sigma = gain * np.sqrt(np.longdouble(2) / (fan_in + fan_out))
    return sigma * rng.standard_normal((fan_in, fan_out)).astype(np.longdouble)


def _check(mode):
    if mode not in tuple({"fan_in": 0, "fan_out": 1}):
        raise ValueError(mode)


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    _check(mode)
    n = [fan_in, fan_out][mode == "fan_out"]
    # the distribution function of an exponential draw, at that draw
    u = -np.expm1(-rng.standard_exponential((fan_in, fan_out)))
    W = (np.sqrt(6 / n) * (1 - 2 * u)).astype(">f8")
    W.flags.writeable = False
    return W


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    _check(mode)
    n = [fan_in, fan_out][mode == "fan_out"]
    table = np.zeros((fan_in, fan_out), dtype=[("pad", "i1"), ("w", "f8")])
    table["w"] = rng.normal(0, np.sqrt(2 / n), (fan_in, fan_out))
    return table["w"]  # not aligned, not contiguous


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    n, mw, vw, mx, vx = (np.longdouble(q) for q in (fan_in, mean_w, var_w, mean_x, var_x))
    return n * ((mw**2 + vw) * (mx**2 + vx) - mw**2 * mx**2)
