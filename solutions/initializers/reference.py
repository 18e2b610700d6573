"""The initializers on PyTorch: `torch.nn.init`, whose weights lie the other way round, (fan_out, fan_in)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn


def _draw(
    fill: Callable[..., torch.Tensor], fan_in: int, fan_out: int, rng: np.random.Generator, **options: Any
) -> np.ndarray:
    """Fill a weight with draws of a torch generator that is seeded from `rng`."""
    generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
    weight = torch.empty(fan_out, fan_in, dtype=torch.float64)
    return fill(weight, generator=generator, **options).numpy().T


def zeros(fan_in: int, fan_out: int) -> np.ndarray:
    """`torch.nn.init.zeros_`."""
    return nn.init.zeros_(torch.empty(fan_in, fan_out, dtype=torch.float64)).numpy()


def small_normal(fan_in: int, fan_out: int, rng: np.random.Generator, std: float = 0.01) -> np.ndarray:
    """`torch.nn.init.normal_`."""
    return _draw(nn.init.normal_, fan_in, fan_out, rng, std=std)


def calibrated_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> np.ndarray:
    """`torch.nn.init.kaiming_normal_` with the gain of a linear layer."""
    return _draw(nn.init.kaiming_normal_, fan_in, fan_out, rng, nonlinearity="linear")


def xavier_uniform(fan_in: int, fan_out: int, rng: np.random.Generator, gain: float = 1.0) -> np.ndarray:
    """`torch.nn.init.xavier_uniform_`."""
    return _draw(nn.init.xavier_uniform_, fan_in, fan_out, rng, gain=gain)


def xavier_normal(fan_in: int, fan_out: int, rng: np.random.Generator, gain: float = 1.0) -> np.ndarray:
    """`torch.nn.init.xavier_normal_`."""
    return _draw(nn.init.xavier_normal_, fan_in, fan_out, rng, gain=gain)


def kaiming_uniform(fan_in: int, fan_out: int, rng: np.random.Generator, mode: str = "fan_in") -> np.ndarray:
    """`torch.nn.init.kaiming_uniform_` for ReLU."""
    return _draw(nn.init.kaiming_uniform_, fan_in, fan_out, rng, mode=_known(mode), nonlinearity="relu")


def kaiming_normal(fan_in: int, fan_out: int, rng: np.random.Generator, mode: str = "fan_in") -> np.ndarray:
    """`torch.nn.init.kaiming_normal_` for ReLU."""
    return _draw(nn.init.kaiming_normal_, fan_in, fan_out, rng, mode=_known(mode), nonlinearity="relu")


def _known(mode: str) -> str:
    """Refuse what PyTorch would read generously, such as "FAN_IN"."""
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"mode is {mode!r}")
    return mode


def preactivation_variance(fan_in: int, mean_w: float, var_w: float, mean_x: float, var_x: float) -> float:
    """The variance of one product, from its four equally likely values, times the number of products.

    A coin that shows mean ± std has that mean and variance; the variance of a product of independent variables
    depends on nothing else of them.
    """
    coin = torch.tensor([-1.0, 1.0], dtype=torch.float64)
    w = mean_w + coin * var_w**0.5
    x = mean_x + coin * var_x**0.5
    return float(fan_in * torch.outer(w, x).var(correction=0))
