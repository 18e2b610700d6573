"""Inverted and vanilla dropout; lecture topic "Regularization: Dropout"."""

from __future__ import annotations

from typing import Any

import numpy as np


def dropout_forward(x: np.ndarray, p: float, rng: np.random.Generator, training: bool = True) -> tuple[np.ndarray, Any]:
    """Drop elements of x at random and scale up the survivors: inverted dropout.

    x: activations of any shape; every element is dropped on its own.
    p: the probability of dropping (not of keeping), in [0, 1].
    rng: the only source of randomness.
    training: True drops, False leaves x as it is.

    Returns (y, cache): y of the shape of x; cache is yours, handed to `dropout_backward`.
    Raises ValueError for p outside [0, 1], in training and in evaluation.

    Formula:
        training:    y = x·k/(1 − p), with k = 0 with probability p, otherwise 1
                     p = 1: y = 0
        evaluation:  y = x, for every p
    Either way the expected y is x (but for p = 1). The slide scales at test time instead: that
    is `vanilla_dropout_forward`.

    Source: Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from
    Overfitting", section 10 (its p is the probability of keeping);
    torch.nn.functional.dropout.
    """
    raise NotImplementedError


def dropout_backward(dy: np.ndarray, cache: Any) -> np.ndarray:
    """Return the gradient of the loss with respect to the x of `dropout_forward`.

    dy: ∂L/∂y, of the shape of x.
    cache: what `dropout_forward` returned, in training or in evaluation.

    Returns dx, of the shape of x.

    Formula: the factor that y had for each element of x, times dy:
        training:    dx = dy·k/(1 − p) with the k of the forward pass; p = 1: dx = 0
        evaluation:  dx = dy

    Source: torch.nn.functional.dropout (its autograd).
    """
    raise NotImplementedError


def vanilla_dropout_forward(
    x: np.ndarray, p: float, rng: np.random.Generator, training: bool = True
) -> tuple[np.ndarray, Any]:
    """Drop elements of x at random, and scale down at test time instead: the slide's form.

    x: activations of any shape; every element is dropped on its own.
    p: the probability of dropping (not of keeping), in [0, 1].
    rng: the only source of randomness.
    training: True drops, False scales.

    Returns (y, cache): y of the shape of x; cache is yours, handed to
    `vanilla_dropout_backward`.
    Raises ValueError for p outside [0, 1], in training and in evaluation.

    Formula:
        training:    y = x·k, with k = 0 with probability p, otherwise 1
        evaluation:  y = x·(1 − p), which is 0 for p = 1

    Source: Hinton et al. 2012, "Improving neural networks by preventing co-adaptation of feature
    detectors"; Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from
    Overfitting" (its p is the probability of keeping).
    """
    raise NotImplementedError


def vanilla_dropout_backward(dy: np.ndarray, cache: Any) -> np.ndarray:
    """Return the gradient of the loss with respect to the x of `vanilla_dropout_forward`.

    dy: ∂L/∂y, of the shape of x.
    cache: what `vanilla_dropout_forward` returned, in training or in evaluation.

    Returns dx, of the shape of x.

    Formula: the factor that y had for each element of x, times dy:
        training:    dx = dy·k with the k of the forward pass
        evaluation:  dx = dy·(1 − p)

    Source: Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from
    Overfitting", section 5.
    """
    raise NotImplementedError
