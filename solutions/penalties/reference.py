"""Penalties and hinge loss on PyTorch: autograd for every gradient, `F.multi_margin_loss` for the hinge."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch.nn import functional


def _with_gradient(loss: Callable[[torch.Tensor], torch.Tensor], at: np.ndarray) -> tuple[float, np.ndarray]:
    point = torch.tensor(at, requires_grad=True)
    value = loss(point)
    (gradient,) = torch.autograd.grad(value, point)
    return float(value.detach()), gradient.numpy()


def _l2(W: torch.Tensor, lam: float) -> torch.Tensor:
    return lam * torch.linalg.vector_norm(W) ** 2 if W.any() else lam * (W * W).sum()


def _l1(W: torch.Tensor, lam: float) -> torch.Tensor:
    return lam * W.abs().sum()


def _hinge(scores: torch.Tensor, y: np.ndarray, margin: float) -> torch.Tensor:
    """PyTorch divides by the number of classes, too."""
    return scores.shape[1] * functional.multi_margin_loss(scores, torch.tensor(y), margin=margin)


def l2(W: np.ndarray, lam: float) -> tuple[float, np.ndarray]:
    """λ‖W‖₂²."""
    return _with_gradient(lambda point: _l2(point, lam), W)


def l1(W: np.ndarray, lam: float) -> tuple[float, np.ndarray]:
    """λ‖W‖₁."""
    return _with_gradient(lambda point: _l1(point, lam), W)


def elastic_net(W: np.ndarray, lam: float, beta: float) -> tuple[float, np.ndarray]:
    """λ(β‖W‖₂² + ‖W‖₁)."""
    return _with_gradient(lambda point: _l2(point, lam * beta) + _l1(point, lam), W)


def hinge_loss(scores: np.ndarray, y: np.ndarray, margin: float = 1.0) -> tuple[float, np.ndarray]:
    """`F.multi_margin_loss` times the number of classes."""
    return _with_gradient(lambda point: _hinge(point, y, margin), scores)


def regularized_hinge_loss(
    W: np.ndarray, x: np.ndarray, y: np.ndarray, lam: float, penalty: str = "l2", beta: float = 1.0
) -> tuple[float, np.ndarray]:
    """The hinge loss of the scores xW plus the penalty."""
    penalties: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
        "l2": lambda point: _l2(point, lam),
        "l1": lambda point: _l1(point, lam),
        "elastic_net": lambda point: _l2(point, lam * beta) + _l1(point, lam),
    }
    if penalty not in penalties:
        raise ValueError(f"penalty must be one of {', '.join(penalties)}, not {penalty!r}")
    return _with_gradient(lambda W: _hinge(torch.tensor(x) @ W, y, 1.0) + penalties[penalty](W), W)
