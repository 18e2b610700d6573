"""Sanity checks: losses and norms from PyTorch, differences written out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch.nn import functional


def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Central differences along the rows of a unit matrix."""
    unit = np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([float(f(x + h * e)) / (2 * h) - float(f(x - h * e)) / (2 * h) for e in unit]).reshape(x.shape)


def relative_error(a: np.ndarray, b: np.ndarray, floor: float = 1e-8) -> float:
    """On PyTorch."""
    a, b = torch.tensor(a), torch.tensor(b)
    return ((a - b).abs() / (a.abs() + b.abs()).clamp(min=floor)).max().item()


def gradient_is_right(
    f: Callable[[np.ndarray], float], grad: np.ndarray, x: np.ndarray, rng: np.random.Generator, directions: int = 5
) -> bool:
    """Compare with the whole numerical gradient, by norms."""
    del rng, directions
    difference = numerical_gradient(f, x) - grad
    return bool(np.linalg.norm(difference) < 1e-3 * np.linalg.norm(grad))


def chance_loss(classes: int, kind: str) -> float:
    """PyTorch's losses of zeros."""
    scores, y = torch.zeros(1, classes, dtype=torch.float64), torch.tensor([0])
    if kind == "softmax":
        return functional.cross_entropy(scores, y).item()
    if kind == "hinge":
        return classes * functional.multi_margin_loss(scores, y).item()
    raise ValueError("unknown kind")


def update_ratio(before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> dict[str, float]:
    """`torch.linalg.vector_norm`; 0/0 is taken for 0."""
    ratios = {}
    for name, values in before.items():
        old, new = torch.tensor(values), torch.tensor(after[name])
        ratio = torch.linalg.vector_norm(new - old) / torch.linalg.vector_norm(old)
        ratios[name] = torch.nan_to_num(ratio, nan=0.0, posinf=float("inf")).item()
    return ratios


def dead_units(h: np.ndarray) -> float:
    """On PyTorch."""
    return (~(torch.tensor(h) != 0).any(dim=0)).double().mean().item()


def diagnose_curve(train_loss: list[float], val_loss: list[float]) -> str:
    """On PyTorch."""
    train, val = (torch.as_tensor(loss, dtype=torch.float64) for loss in (train_loss, val_loss))
    finite = torch.isfinite(torch.cat([train, val])).all()
    if not finite or train[-1] > train[0]:
        return "too_high"
    if train[-1] / train[0] > 0.9:
        return "too_low"
    return "overfitting" if val[-1] > 1.1 * val.min() else "good"
