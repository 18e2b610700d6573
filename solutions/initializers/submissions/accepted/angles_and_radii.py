"""Unusual: uniforms are angles of random points in the plane (arctan2), normals are Rayleigh radii times a cosine."""
import numpy as np


def _plane(rng, shape):
    """isotropic complex numbers"""
    return rng.standard_normal(shape) + 1j * rng.standard_normal(shape)


def _angle_uniform(rng, shape, a):
    return np.angle(_plane(rng, shape)) / np.pi * a


def _radius_normal(rng, shape, sigma):
    # sigma scales the radius; the direction is uniform
    direction = np.exp(2j * np.pi * rng.random(shape))
    return (sigma * rng.rayleigh(1.0, shape) * direction).real


def zeros(fan_in, fan_out):
    """the imaginary part of something real"""
    return np.imag(np.ones((fan_in, fan_out)) + 0j)


def small_normal(fan_in, fan_out, rng, std=0.01):
    return _radius_normal(rng, (fan_in, fan_out), std)


def calibrated_normal(fan_in, fan_out, rng):
    return _radius_normal(rng, (fan_in, fan_out), 1 / np.sqrt(fan_in))


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    return _angle_uniform(rng, (fan_in, fan_out), gain * np.sqrt(6 / (fan_in + fan_out)))


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return _radius_normal(rng, (fan_in, fan_out), gain * np.sqrt(2 / (fan_in + fan_out)))


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    if not (mode == "fan_in" or mode == "fan_out"):
        raise ValueError("kaiming_uniform: bad mode %r" % (mode,))
    angle = np.arctan2(rng.normal(size=(fan_in, fan_out)), rng.normal(size=(fan_in, fan_out)))
    n = fan_in if mode == "fan_in" else fan_out
    return angle * (np.sqrt(6 / n) / np.pi)


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    if not (mode == "fan_in" or mode == "fan_out"):
        raise ValueError("kaiming_normal: bad mode %r" % (mode,))
    n = fan_in if mode == "fan_in" else fan_out
    # exponential radius squared: the same as Rayleigh
    radius = np.sqrt(2 * rng.exponential(size=(fan_in, fan_out)))
    return np.sqrt(2 / n) * radius * np.sin(rng.uniform(0, 2 * np.pi, (fan_in, fan_out)))


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    # |mean + i std|^2 is a second moment
    w, x = complex(mean_w, var_w**0.5), complex(mean_x, var_x**0.5)
    return fan_in * (abs(w) ** 2 * var_x + x.real**2 * var_w)
