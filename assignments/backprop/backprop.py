"""Backpropagation: nonlinearities, the linear layer, the chain rule; topics "Nonlinearities" and "Backpropagation"."""

from __future__ import annotations

from typing import Any

import numpy as np


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return the logistic function of every element.

    x: any shape, |x| up to 1000. Returns y of the same shape, finite everywhere.

    Formula: σ(x) = 1/(1 + e^(−x)).

    Source: torch.sigmoid.
    """
    raise NotImplementedError


def sigmoid_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss with respect to the argument of `sigmoid`.

    dy: ∂L/∂y, of the shape of x. x: what `sigmoid` was called with (not what it returned).
    Returns dx of the same shape, finite everywhere.

    Formula: dx = dy·σ(x)·(1 − σ(x)).

    Source: torch.sigmoid.
    """
    raise NotImplementedError


def tanh(x: np.ndarray) -> np.ndarray:
    """Return the hyperbolic tangent of every element.

    x: any shape, |x| up to 1000. Returns y of the same shape, finite everywhere.

    Formula: tanh(x) = (e^x − e^(−x))/(e^x + e^(−x)).

    Source: torch.tanh.
    """
    raise NotImplementedError


def tanh_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss with respect to the argument of `tanh`.

    dy: ∂L/∂y, of the shape of x. x: what `tanh` was called with (not what it returned).
    Returns dx of the same shape, finite everywhere.

    Formula: dx = dy·(1 − tanh(x)²).

    Source: torch.tanh.
    """
    raise NotImplementedError


def relu(x: np.ndarray) -> np.ndarray:
    """Return the positive part of every element.

    x: any shape, |x| up to 1000. Returns y of the same shape.

    Formula: relu(x) = max(0, x).
    Erratum: the slide of the nonlinearities prints the formula of tanh twice before this one.

    Source: Nair and Hinton 2010, "Rectified Linear Units Improve Restricted Boltzmann Machines"; torch.relu.
    """
    raise NotImplementedError


def relu_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss with respect to the argument of `relu`.

    dy: ∂L/∂y, of the shape of x. x: what `relu` was called with.
    Returns dx of the same shape.

    Formula: dx = dy where x > 0, and 0 elsewhere; the derivative at 0 is taken to be 0.

    Source: torch.relu.
    """
    raise NotImplementedError


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
    """Apply a linear layer to a batch.

    x (N, D): one row per example. W (D, M): weights. b (M,): biases.

    Returns (y, cache): y (N, M); cache is yours, it is handed to `linear_backward`.

    Formula: y = xW + b.

    Source: torch.nn.functional.linear, whose weight is our W transposed.
    """
    raise NotImplementedError


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
