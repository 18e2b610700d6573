"""Batch normalization on PyTorch: `torch.nn.functional.batch_norm`, and autograd for every gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn import functional


def batchnorm_forward(
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    running: dict[str, np.ndarray],
    training: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> tuple[np.ndarray, Any, dict[str, np.ndarray]]:
    """`F.batch_norm`; the cache is autograd's graph."""
    inputs = tuple(torch.tensor(value, requires_grad=True) for value in (x, gamma, beta))
    mean, var = torch.tensor(running["mean"]), torch.tensor(running["var"])
    y = functional.batch_norm(inputs[0], mean, var, inputs[1], inputs[2], training=training, momentum=momentum, eps=eps)
    return y.detach().numpy(), (y, inputs), {"mean": mean.numpy(), "var": var.numpy()}


def batchnorm_backward(dy: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Autograd."""
    y, inputs = cache
    dx, dgamma, dbeta = torch.autograd.grad(y, inputs, torch.tensor(dy))
    return dx.numpy(), dgamma.numpy(), dbeta.numpy()


def identity_parameters(mean: np.ndarray, var: np.ndarray, eps: float = 1e-5) -> tuple[np.ndarray, np.ndarray]:
    """Ask the layer what it makes of 0 and 1 with these statistics, and undo that straight line."""
    points = torch.tensor([[0.0], [1.0]], dtype=torch.float64).expand(2, len(mean))
    at_zero, at_one = functional.batch_norm(points, torch.tensor(mean), torch.tensor(var), eps=eps)
    slope = at_one - at_zero
    return (1 / slope).numpy(), (-at_zero / slope).numpy()
