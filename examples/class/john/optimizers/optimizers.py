"""First-order optimizers; lecture topic "Optimizers", from SGD on minibatches to Adam."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Split one epoch over n examples into shuffled batches of indices."""
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


def sgd(x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of stochastic gradient descent."""
    x = x - lr * grad


def momentum(
    x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float, rho: float = 0.9
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of SGD with momentum."""
    v = rho * state.get("v", 0.0) + grad
    return x - lr * v


def nesterov(
    x: np.ndarray,
    grad_fn: Callable[[np.ndarray], np.ndarray],
    state: dict[str, Any],
    lr: float,
    rho: float = 0.9,
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of Nesterov momentum in its look-ahead form."""
    v = state.get("v", 0.0)
    v = rho * v - lr * grad_fn(x + rho * v)
    return x + v, {"v": v}


def adagrad(
    x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float, eps: float = 1e-10
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of Adagrad, which scales each coordinate by its own past gradients."""
    c = state.get("c", 0.0) + grad**2  # sum of all squared gradients
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}


def rmsprop(
    x: np.ndarray,
    grad: np.ndarray,
    state: dict[str, Any],
    lr: float,
    beta: float = 0.99,
    eps: float = 1e-8,
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of RMSProp: Adagrad whose cache forgets."""
    c = beta * state.get("c", 0.0) + (1 - beta) * grad**2  # mean of recent squared gradients
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}


def adadelta(
    x: np.ndarray,
    grad: np.ndarray,
    state: dict[str, Any],
    lr: float = 1.0,
    rho: float = 0.9,
    eps: float = 1e-6,
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of Adadelta, whose steps carry the units of x."""
    d = state.get("d", 0.0)  # mean of recent squared steps
    c = rho * state.get("c", 0.0) + (1 - rho) * grad**2  # mean of recent squared gradients
    delta = grad * np.sqrt(d + eps) / np.sqrt(c + eps)
    d = rho * d + (1 - rho) * delta**2
    return x - lr * delta, {"c": c, "d": d}


def adam(
    x: np.ndarray,
    grad: np.ndarray,
    state: dict[str, Any],
    lr: float = 1e-3,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
    bias_correction: bool = True,
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of Adam: momentum's mean gradient over RMSProp's root."""
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad  # first moment
    c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad**2  # second moment
    m_hat, c_hat = m, c
    if bias_correction:
        m_hat = m / (1 - beta1**t)
        c_hat = c / (1 - beta2**t)
    return x - lr * m_hat / (np.sqrt(c_hat) + eps), {"t": t, "m": m, "c": c}
