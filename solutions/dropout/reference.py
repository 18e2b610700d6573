"""Dropout on PyTorch: `torch.nn.functional.dropout`, and autograd for the gradients."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn import functional


def _dropped(x: torch.Tensor, p: float, rng: np.random.Generator, training: bool) -> torch.Tensor:
    """`F.dropout`, which draws from PyTorch's global generator: that is seeded from `rng` meanwhile."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(rng.integers(2**62)))
        return functional.dropout(x, p, training)


def _gradient(dy: np.ndarray, cache: Any) -> np.ndarray:
    y, x = cache
    (dx,) = torch.autograd.grad(y, x, torch.tensor(dy))
    return dx.numpy()


def dropout_forward(x: np.ndarray, p: float, rng: np.random.Generator, training: bool = True) -> tuple[np.ndarray, Any]:
    """`F.dropout`; the cache is autograd's graph."""
    point = torch.tensor(x, requires_grad=True)
    y = _dropped(point, p, rng, training) * 1.0  # a node of its own, also where dropout hands x through
    return y.detach().numpy(), (y, point)


def dropout_backward(dy: np.ndarray, cache: Any) -> np.ndarray:
    """Autograd."""
    return _gradient(dy, cache)


def vanilla_dropout_forward(
    x: np.ndarray, p: float, rng: np.random.Generator, training: bool = True
) -> tuple[np.ndarray, Any]:
    """The survivors of `F.dropout`, unscaled; in evaluation, the expectation over them."""
    point = torch.tensor(x, requires_grad=True)
    survivors = _dropped(torch.ones_like(point), p, rng, training=True) != 0
    y = torch.where(survivors, point, torch.zeros_like(point)) if training else point * (1 - p)
    return y.detach().numpy(), (y, point)


def vanilla_dropout_backward(dy: np.ndarray, cache: Any) -> np.ndarray:
    """Autograd."""
    return _gradient(dy, cache)
