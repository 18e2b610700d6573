"""Schedules on `torch.optim.lr_scheduler`, stepped epoch by epoch; early stopping written out from its rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch.optim import SGD
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    ExponentialLR,
    LambdaLR,
    LRScheduler,
    ReduceLROnPlateau,
    StepLR,
)


def step_decay(lr0: float, epoch: int, factor: float = 0.1, every: int = 30) -> float:
    """`StepLR`."""
    return _rate(lr0, epoch, lambda optimizer: StepLR(optimizer, every, factor))


def exponential_decay(lr0: float, epoch: int, gamma: float = 0.95) -> float:
    """`ExponentialLR`."""
    return _rate(lr0, epoch, lambda optimizer: ExponentialLR(optimizer, gamma))


def inverse_time_decay(lr0: float, epoch: int, k: float = 1.0) -> float:
    """`LambdaLR`."""
    return _rate(lr0, epoch, lambda optimizer: LambdaLR(optimizer, lambda now: 1 / (1 + k * now)))


def cosine_decay(lr0: float, epoch: int, total: int, lr_min: float = 0.0) -> float:
    """`CosineAnnealingLR`, which is stopped where PyTorch's would rise again."""
    return _rate(lr0, min(epoch, total), lambda optimizer: CosineAnnealingLR(optimizer, total, lr_min))


def reduce_on_plateau(
    losses: Sequence[float] | np.ndarray,
    lr0: float,
    factor: float = 0.1,
    patience: int = 10,
    threshold: float = 1e-4,
) -> list[float]:
    """`ReduceLROnPlateau`, told to make even the smallest change."""
    optimizer = _optimizer(lr0)
    scheduler = ReduceLROnPlateau(optimizer, factor=factor, patience=patience, threshold=threshold, eps=0.0)
    rates = []
    for loss in losses:
        scheduler.step(float(loss))
        rates.append(optimizer.param_groups[0]["lr"])
    return rates


def early_stopping(
    val_losses: Sequence[float] | np.ndarray, patience: int = 5, min_delta: float = 0.0
) -> tuple[int, int]:
    """Mark the improving epochs first; then look for the first run of `patience` epochs without a mark."""
    losses = [float(loss) for loss in val_losses]
    record, improves = float("inf"), []
    for loss in losses:
        improves.append(loss < record - min_delta)
        record = loss if improves[-1] else record
    stops = [end for end in range(patience - 1, len(losses)) if not any(improves[end - patience + 1 : end + 1])]
    stop = min([*stops, len(losses) - 1])
    return stop, max(epoch for epoch in range(stop + 1) if improves[epoch])


def _optimizer(lr0: float) -> SGD:
    return SGD([torch.zeros(1, requires_grad=True)], lr=lr0)


def _rate(lr0: float, epoch: int, make: Callable[[SGD], LRScheduler]) -> float:
    optimizer = _optimizer(lr0)
    scheduler = make(optimizer)
    for _ in range(epoch):
        optimizer.step()
        scheduler.step()
    return float(optimizer.param_groups[0]["lr"])
