"""Nonlinearities, linear layer and a small network on PyTorch: its own functions, and autograd for every gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch.nn import functional


def sigmoid(x: np.ndarray) -> np.ndarray:
    """`torch.sigmoid`."""
    return torch.sigmoid(torch.tensor(x)).numpy()


def tanh(x: np.ndarray) -> np.ndarray:
    """`torch.tanh`."""
    return torch.tanh(torch.tensor(x)).numpy()


def relu(x: np.ndarray) -> np.ndarray:
    """`torch.relu`."""
    return torch.relu(torch.tensor(x)).numpy()


def softplus(x: np.ndarray) -> np.ndarray:
    """`F.softplus`, exact up to where nothing but x is left of it in double precision."""
    return _softplus(torch.tensor(x)).numpy()


def sigmoid_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Autograd."""
    return _gradient(torch.sigmoid, dy, x)


def tanh_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Autograd."""
    return _gradient(torch.tanh, dy, x)


def relu_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Autograd, which takes 0 at 0."""
    return _gradient(torch.relu, dy, x)


def softplus_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Autograd."""
    return _gradient(_softplus, dy, x)


def linear_forward(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, Any]:
    """`F.linear`; the cache is autograd's graph."""
    inputs = tuple(torch.tensor(value, requires_grad=True) for value in (x, W, b))
    y = functional.linear(inputs[0], inputs[1].T, inputs[2])
    return y.detach().numpy(), (y, inputs)


def linear_backward(dy: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Autograd."""
    y, inputs = cache
    dx, dW, db = torch.autograd.grad(y, inputs, torch.tensor(dy))
    return dx.numpy(), dW.numpy(), db.numpy()


def mlp_loss_and_gradients(
    params: dict[str, np.ndarray], x: np.ndarray, t: np.ndarray
) -> tuple[float, dict[str, np.ndarray]]:
    """`F.mse_loss`, summed, over the number of examples; autograd."""
    known = {name: torch.tensor(value, requires_grad=True) for name, value in params.items()}
    hidden = torch.tanh(torch.tensor(x) @ known["W1"] + known["b1"])
    loss = functional.mse_loss(hidden @ known["W2"] + known["b2"], torch.tensor(t), reduction="sum") / len(x)
    gradients = torch.autograd.grad(loss, list(known.values()))
    return loss.item(), {name: each.numpy() for name, each in zip(known, gradients, strict=True)}


def _softplus(x: torch.Tensor) -> torch.Tensor:
    return functional.softplus(x, threshold=40.0)


def _gradient(function: Callable[[torch.Tensor], torch.Tensor], dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    at = torch.tensor(x, requires_grad=True)
    (dx,) = torch.autograd.grad(function(at), at, torch.tensor(dy))
    return dx.numpy()
