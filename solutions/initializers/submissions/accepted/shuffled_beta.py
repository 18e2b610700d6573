"""Uniforms as beta(1, 1), normals from multivariate_normal or the polar method; shuffled at the end."""
import functools
import numpy as np


def zeros(fan_in, fan_out):
    return np.zeros([fan_in, fan_out]).tolist()


def _shuffled(draw):
    """An order of the entries drawn at random leaves independent entries independent."""
    @functools.wraps(draw)
    def wrapper(*args, **kwargs):
        W, rng = draw(*args, **kwargs)
        return rng.permuted(W.ravel()).reshape(W.shape)
    return wrapper


def _polar(n, rng):
    """Marsaglia's polar method, in batches until there are enough."""
    have = np.empty(0)
    while have.size < n:
        v = rng.uniform(-1.0, 1.0, size=(2, n + 8))
        s = np.sum(v * v, axis=0)
        inside = (s > 0) & (s < 1)
        v, s = v[:, inside], s[inside]
        have = np.append(have, v * np.sqrt(-2.0 * np.log(s) / s))
    return have[:n]


@_shuffled
def small_normal(fan_in, fan_out, rng, std=0.01):
    return std * _polar(fan_in * fan_out, rng).reshape(fan_out, fan_in).T, rng


@_shuffled
def calibrated_normal(fan_in, fan_out, rng):
    return rng.normal(loc=0.0, scale=np.full(fan_out, 1.0) / np.sqrt(fan_in), size=(fan_in, fan_out)), rng


@_shuffled
def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    pairs = rng.multivariate_normal([0.0, 0.0], np.eye(2), size=(fan_in * fan_out + 1) // 2)
    W = pairs.ravel()[:fan_in * fan_out].reshape(fan_in, fan_out)
    return W * gain * np.sqrt(2.0) / np.sqrt(fan_in + fan_out), rng


@_shuffled
def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    a = gain * np.sqrt(6.0) / np.sqrt(fan_in + fan_out)
    return (2 * rng.beta(1.0, 1.0, size=(fan_in, fan_out)) - 1) * a, rng


def _fan(fan_in, fan_out, mode):
    if not isinstance(mode, str) or not {mode} <= {"fan_in", "fan_out"}:
        raise ValueError(mode)
    return fan_in * (mode == "fan_in") + fan_out * (mode == "fan_out")


@_shuffled
def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    fan = _fan(fan_in, fan_out, mode)
    # a uniform angle has a uniform height on the sphere: height = 2u - 1
    direction = rng.standard_normal((fan_in, fan_out, 3))
    height = direction[..., 0] / np.sqrt((direction ** 2).sum(axis=-1))
    return height * np.sqrt(6.0 / fan), rng


@_shuffled
def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    return _polar(fan_in * fan_out, rng).reshape(fan_in, fan_out) * np.sqrt(2.0 / _fan(fan_in, fan_out, mode)), rng


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return np.longdouble(fan_in) * (np.square(np.longdouble(mean_w)) * var_x
                                    + np.square(np.longdouble(mean_x)) * var_w
                                    + np.longdouble(var_x) * var_w)
