"""Random starting weights; lecture topic "Weights initialization"."""

from __future__ import annotations

import numpy as np


def zeros(fan_in: int, fan_out: int) -> np.ndarray:
    """Return all-zero weights: the pitfall, for comparison.

    fan_in, fan_out: how many inputs and how many outputs the layer has.

    Returns W (fan_in, fan_out), float64, every entry 0.

    Source: torch.nn.init.zeros_.
    """
    raise NotImplementedError


def small_normal(fan_in: int, fan_out: int, rng: np.random.Generator, std: float = 0.01) -> np.ndarray:
    """Draw small random weights whose size does not depend on the layer's.

    fan_in, fan_out: how many inputs and how many outputs the layer has.
    rng: the only source of randomness.
    std: standard deviation (not variance) of every weight.

    Returns W (fan_in, fan_out), float64, independent entries.

    Formula: w ~ N(0, std²)

    Source: torch.nn.init.normal_.
    """
    raise NotImplementedError


def calibrated_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> np.ndarray:
    """Draw normal weights that keep the variance of a linear layer's zero-mean inputs.

    fan_in, fan_out: how many inputs and how many outputs the layer has.
    rng: the only source of randomness.

    Returns W (fan_in, fan_out), float64, independent entries.

    Formula: w ~ N(0, 1/fan_in), where 1/fan_in is the variance; the slide's n·Var(w) = 1.

    Source: LeCun et al. 1998, "Efficient BackProp".
    """
    raise NotImplementedError


def xavier_uniform(fan_in: int, fan_out: int, rng: np.random.Generator, gain: float = 1.0) -> np.ndarray:
    """Draw uniform weights, a compromise between the forward and the backward pass.

    fan_in, fan_out: how many inputs and how many outputs the layer has.
    rng: the only source of randomness.
    gain: factor on every weight that makes up for the nonlinearity.

    Returns W (fan_in, fan_out), float64, independent entries.

    Formula: w ~ U(−a, a), a = gain·√(6 / (fan_in + fan_out)); so Var(w) = a²/3.

    Source: Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward
    neural networks"; torch.nn.init.xavier_uniform_.
    """
    raise NotImplementedError


def xavier_normal(fan_in: int, fan_out: int, rng: np.random.Generator, gain: float = 1.0) -> np.ndarray:
    """Draw normal weights of the same variance as `xavier_uniform`.

    fan_in, fan_out: how many inputs and how many outputs the layer has.
    rng: the only source of randomness.
    gain: factor on every weight that makes up for the nonlinearity.

    Returns W (fan_in, fan_out), float64, independent entries.

    Formula: w ~ N(0, gain²·2 / (fan_in + fan_out)), the second number being the variance.

    Source: Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward
    neural networks"; torch.nn.init.xavier_normal_.
    """
    raise NotImplementedError


def kaiming_uniform(fan_in: int, fan_out: int, rng: np.random.Generator, mode: str = "fan_in") -> np.ndarray:
    """Draw uniform weights for a layer between ReLUs.

    fan_in, fan_out: how many inputs and how many outputs the layer has.
    rng: the only source of randomness.
    mode: "fan_in" keeps the variance of the forward pass, "fan_out" that of the backward pass.

    Returns W (fan_in, fan_out), float64, independent entries.
    Raises ValueError for any other mode.

    Formula: w ~ U(−a, a), a = √(6 / fan), fan the one that mode names; so Var(w) = 2/fan.

    Source: He et al. 2015, "Delving Deep into Rectifiers: Surpassing Human-Level Performance on
    ImageNet Classification"; torch.nn.init.kaiming_uniform_ with nonlinearity="relu".
    """
    raise NotImplementedError


def kaiming_normal(fan_in: int, fan_out: int, rng: np.random.Generator, mode: str = "fan_in") -> np.ndarray:
    """Draw normal weights for a layer between ReLUs.

    fan_in, fan_out: how many inputs and how many outputs the layer has.
    rng: the only source of randomness.
    mode: "fan_in" keeps the variance of the forward pass, "fan_out" that of the backward pass.

    Returns W (fan_in, fan_out), float64, independent entries.
    Raises ValueError for any other mode.

    Formula: w ~ N(0, 2/fan), fan the one that mode names, 2/fan being the variance.

    Source: He et al. 2015, "Delving Deep into Rectifiers: Surpassing Human-Level Performance on
    ImageNet Classification"; torch.nn.init.kaiming_normal_ with nonlinearity="relu".
    """
    raise NotImplementedError


def preactivation_variance(fan_in: int, mean_w: float, var_w: float, mean_x: float, var_x: float) -> float:
    """Return the variance of a neuron's pre-activation s = Σ wᵢxᵢ over fan_in independent terms.

    fan_in: the number n of terms.
    mean_w, var_w: mean and variance of every weight.
    mean_x, var_x: mean and variance of every input; weights and inputs are all independent.

    Returns Var(s), a number.

    Formula: Var(s) = n·(E[w]²·Var(x) + E[x]²·Var(w) + Var(x)·Var(w)), where E[x]² is the square
    of the mean. The slide's n·Var(w)·Var(x) is the case E[w] = E[x] = 0.

    Source: Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward
    neural networks".
    """
    raise NotImplementedError
