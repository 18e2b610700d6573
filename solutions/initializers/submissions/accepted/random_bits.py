"""Unusual: everything is made of raw random bytes of rng: 53-bit uniforms, and normals by rejection from exponentials."""
import numpy as np


def bits53(rng, count):
    """numbers strictly between 0 and 1 with 53 random bits"""
    words = np.frombuffer(rng.bytes(8 * count), dtype="<u8")
    return ((words >> np.uint64(12)).astype(float) + 0.5) * 2.0**-52


def coin(rng, count):
    packed = np.frombuffer(rng.bytes((count + 7) // 8), dtype=np.uint8)
    return np.unpackbits(packed, count=count)


def folded_normal(rng, count):
    # von Neumann: an exponential y is kept with probability exp(-(y-1)^2/2)
    parts, have = [], 0
    while have < count:
        y = -np.log(bits53(rng, 2 * count))
        keep = y[-np.log(bits53(rng, y.size)) > (y - 1) ** 2 / 2]
        parts.append(keep)
        have += keep.size
    return np.hstack(parts)[:count]


def normals(rng, fan_in, fan_out, sigma):
    n = fan_in * fan_out
    z = folded_normal(rng, n)
    z = np.where(coin(rng, n) == 1, z, -z)
    return (sigma * z).reshape(fan_in, fan_out)


def uniforms(rng, fan_in, fan_out, a):
    return np.interp(bits53(rng, fan_in * fan_out), [0, 1], [-a, a]).reshape(fan_in, fan_out)


def zeros(fan_in, fan_out):
    return np.frombuffer(bytes(8 * fan_in * fan_out)).reshape(fan_in, fan_out)


def small_normal(fan_in, fan_out, rng, std=0.01):
    return normals(rng, fan_in, fan_out, std)


def calibrated_normal(fan_in, fan_out, rng):
    return normals(rng, fan_in, fan_out, np.power(fan_in, -0.5))


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    return uniforms(rng, fan_in, fan_out, gain * np.sqrt(6 / (fan_in + fan_out)))


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return normals(rng, fan_in, fan_out, gain * np.sqrt(2 / (fan_in + fan_out)))


def _checked(mode):
    if mode in ("fan_in", "fan_out"):
        return mode == "fan_in"
    raise ValueError(mode)


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    return uniforms(rng, fan_in, fan_out, np.sqrt(6 / (fan_in if _checked(mode) else fan_out)))


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    return normals(rng, fan_in, fan_out, np.sqrt(2 / (fan_in if _checked(mode) else fan_out)))


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * float(np.polyval([var_w, 0, mean_w**2 * var_x + var_w * var_x], mean_x))
