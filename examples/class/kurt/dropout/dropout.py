"""Inverted and vanilla dropout; lecture topic "Regularization: Dropout"."""

from __future__ import annotations

from typing import Any

import numpy as np


def _keep(x: np.ndarray, p: float, rng: np.random.Generator) -> np.ndarray:
    """Draw 1.0 with probability 1 − p and 0.0 with probability p, for each element of x."""
    return (rng.random(x.shape) >= p).astype(float)  # random() < 1: p = 1 drops everything


def _check_probability(p: float) -> None:
    """Raise ValueError unless p is a probability."""
    if not 0 <= p <= 1:
        raise ValueError(f"p must be in [0, 1], not {p}")


def dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), None
    keep = rng.random(x.shape) >= p
    factor = keep / (1 - p) if p < 1 else np.zeros(x.shape)
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy.copy()


def vanilla_dropout_forward(x, p, rng, training=True):
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    factor = (rng.random(x.shape) >= p) * 1.0 if training else 1.0 - p
    return x * factor, (factor, p, training)


def vanilla_dropout_backward(dy, cache):
    factor, p, training = cache
    if training and p < 1:
        return dy * factor / (1 - p)
    return dy * factor
