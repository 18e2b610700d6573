"""Unusual: size and sign are drawn apart: |N| is the root of a chi-square(1) or gamma(1/2) draw, |U| a plain uniform."""
from typing import Literal

import numpy as np
from numpy.random import Generator

Mode = Literal["fan_in", "fan_out"]


def signs(rng: Generator, shape: tuple[int, int]) -> np.ndarray:
    return rng.choice([-1.0, 1.0], size=shape)


def zeros(fan_in: int, fan_out: int) -> np.ndarray:
    return np.zeros((fan_in, fan_out), dtype=int)  # 0 is 0


def small_normal(fan_in: int, fan_out: int, rng: Generator, std: float = 0.01) -> np.ndarray:
    shape = fan_in, fan_out
    return std * signs(rng, shape) * np.sqrt(rng.chisquare(1, shape))


def calibrated_normal(fan_in: int, fan_out: int, rng: Generator) -> np.ndarray:
    shape = fan_in, fan_out
    # Gamma(1/2) with scale 2 v is v times a chi-square(1)
    return np.sqrt(rng.gamma(0.5, 2.0 / fan_in, shape)) * signs(rng, shape)


def xavier_uniform(fan_in: int, fan_out: int, rng: Generator, gain: float = 1.0) -> np.ndarray:
    shape = fan_in, fan_out
    bound = gain * np.sqrt(6.0 / sum(shape))
    return signs(rng, shape) * (bound * rng.random(shape))


def xavier_normal(fan_in: int, fan_out: int, rng: Generator, gain: float = 1.0) -> np.ndarray:
    shape = fan_in, fan_out
    size = np.sqrt(rng.chisquare(1, shape))
    flip = rng.random(shape) < 0.5
    np.negative(size, where=flip, out=size)
    return size * (gain * np.sqrt(2.0 / sum(shape)))


def _n(mode: Mode, fan_in: int, fan_out: int) -> int:
    if mode == "fan_in": return fan_in
    if mode == "fan_out": return fan_out
    raise ValueError(f"mode must be one of {Mode}, got {mode!r}")


def kaiming_uniform(fan_in: int, fan_out: int, rng: Generator, mode: Mode = "fan_in") -> np.ndarray:
    a = np.sqrt(6.0 / _n(mode, fan_in, fan_out))
    size = rng.random((fan_in, fan_out))
    sign = 2 * rng.integers(0, 2, (fan_in, fan_out)) - 1
    return a * sign * size


def kaiming_normal(fan_in: int, fan_out: int, rng: Generator, mode: Mode = "fan_in") -> np.ndarray:
    n = _n(mode, fan_in, fan_out)
    # half-normal, then mirrored with probability 1/2
    half = np.abs(rng.standard_normal((fan_in, fan_out)))
    return np.where(rng.integers(2, size=half.shape), half, -half) * np.sqrt(2.0 / n)


def preactivation_variance(fan_in: int, mean_w: float, var_w: float, mean_x: float, var_x: float) -> float:
    return fan_in * ((mean_w**2 + var_w) * var_x + mean_x**2 * var_w)
