"""Unusual: normals are turned by an orthogonal map (Householder, FFT) and uniforms shifted round a circle; the laws stay exact."""
import numpy as np


def _reflected(rng, fan_in, fan_out):
    """Independent normals stay that under a reflection."""
    z = rng.standard_normal(fan_in * fan_out)
    axis = np.arange(1.0, z.size + 1)
    axis /= np.linalg.norm(axis)
    z = z - 2 * axis * (axis @ z)
    return z.reshape(fan_in, fan_out)


def _spun(rng, fan_in, fan_out):
    """an orthonormal FFT of complex normals gives complex normals; the real part is wanted"""
    z = rng.standard_normal((fan_in, fan_out)) + 1j * rng.standard_normal((fan_in, fan_out))
    return np.fft.fft2(z, norm="ortho").real


def _round_the_circle(rng, fan_in, fan_out, a):
    start = rng.random((fan_in, fan_out))
    shift = np.linspace(0, 5, fan_in * fan_out).reshape(fan_in, fan_out)
    return a * (2 * np.mod(start + shift, 1.0) - 1)


def zeros(fan_in, fan_out):
    eye = np.eye(fan_in, fan_out)
    return eye - eye


def small_normal(fan_in, fan_out, rng, std=0.01):
    return std * _spun(rng, fan_in, fan_out)


def calibrated_normal(fan_in, fan_out, rng):
    return _reflected(rng, fan_in, fan_out) * fan_in ** (-1 / 2)


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    return _round_the_circle(rng, fan_in, fan_out, gain * (6 / (fan_in + fan_out)) ** (1 / 2))


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return _reflected(rng, fan_in, fan_out) * gain * (2 / (fan_in + fan_out)) ** (1 / 2)


def _pick_fan(mode, pair):
    names = ["fan_in", "fan_out"]
    if names.count(mode) != 1:
        raise ValueError(f"{mode!r} is not in {names}")
    return pair[names.index(mode)]


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    fan = _pick_fan(mode, (fan_in, fan_out))
    return _round_the_circle(rng, fan_in, fan_out, (6 / fan) ** (1 / 2))


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    fan = _pick_fan(mode, (fan_in, fan_out))
    # two correlated draws, one is enough
    pairs = rng.multivariate_normal([0, 0], np.diag([2 / fan, 1.0]), size=(fan_in, fan_out), method="cholesky")
    return pairs[..., 0]


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    moments_w = np.array([[mean_w**2], [var_w]])
    moments_x = np.array([[mean_x**2, var_x]])
    table = moments_w @ moments_x
    table[0, 0] = 0.0  # E[w]^2 E[x]^2 is no variance
    return fan_in * table.sum()
