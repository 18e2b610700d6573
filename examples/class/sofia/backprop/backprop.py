"""Backpropagation: nonlinearities, the linear layer, the chain rule; topics "Nonlinearities" and "Backpropagation"."""

from __future__ import annotations

from typing import Any

import numpy as np


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return the logistic function of every element."""
    z = np.exp(-np.abs(x))
    return np.where(x < 0, z, 1.0) / (1.0 + z)


def sigmoid_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss with respect to the argument of `sigmoid`."""
    s = sigmoid(x)
    return dy * (s - s**2)


def tanh(x: np.ndarray) -> np.ndarray:
    """Return the hyperbolic tangent of every element."""
    return np.tanh(x)


def tanh_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss with respect to the argument of `tanh`."""
    t = tanh(x)
    return dy * (1.0 - t * t)


def relu(x: np.ndarray) -> np.ndarray:
    """Return the positive part of every element."""
    return np.where(x > 0, x, 0.0)


def relu_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss with respect to the argument of `relu`."""
    dx = np.array(dy)
    dx[x <= 0] = 0.0
    return dx


def softplus(x: np.ndarray) -> np.ndarray:
    """Return the smooth version of ReLU for every element.

    x: any shape, |x| up to 1000. Returns y of the same shape, finite everywhere.

    Formula: softplus(x) = log(1 + e^x), the natural logarithm.

    Source: torch.nn.functional.softplus.
    """
    raise NotImplementedError


def softplus_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss with respect to the argument of `softplus`.

    dy: ∂L/∂y, of the shape of x. x: what `softplus` was called with.
    Returns dx of the same shape, finite everywhere.

    Formula: dx = dy·σ(x).

    Source: torch.nn.functional.softplus.
    """
    raise NotImplementedError


def linear_forward(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, Any]:
    """Apply a linear layer to a batch."""
    y = x @ W + b
    return y, (x, W)


def linear_backward(dy: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of the loss with respect to x, W and b.

    dy (N, M): ∂L/∂y. cache: what `linear_forward` returned for this batch.

    Returns (dx, dW, db) of shapes (N, D), (D, M) and (M,).

    Formula: dx = dy·Wᵀ, dW = xᵀ·dy, db = the sum of the rows of dy.

    Source: torch.nn.functional.linear.
    """
    raise NotImplementedError


def mlp_loss_and_gradients(
    params: dict[str, np.ndarray], x: np.ndarray, t: np.ndarray
) -> tuple[float, dict[str, np.ndarray]]:
    """Return the loss of a network with one hidden layer, and its gradients.

    params: {"W1": (D, H), "b1": (H,), "W2": (H, M), "b2": (M,)}.
    x (N, D): inputs. t (N, M): targets.

    Returns (loss, grads): loss is a number, grads a dict with the keys and shapes of params.

    Formula: f(x) = tanh(x·W1 + b1)·W2 + b2,  L = (1/N)·Σ_i ‖f(x_i) − t_i‖²: a mean over examples,
    a sum over outputs, no ½.

    Source: Rumelhart, Hinton and Williams 1986, "Learning representations by back-propagating errors".
    """
    raise NotImplementedError
