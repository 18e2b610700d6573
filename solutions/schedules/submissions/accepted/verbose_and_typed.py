"""Long names, type hints everywhere, an enum for the verdict, keyword-only helpers, checks of the arguments."""
from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

HALF_TURN: Final[float] = math.pi


class Verdict(enum.Enum):
    GOOD = enum.auto()
    BAD = enum.auto()


class StopResult(NamedTuple):
    stop_epoch: int
    best_epoch: int


class ScheduleError(ValueError):
    """An argument makes no sense."""


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ScheduleError(message)


def step_decay(lr0: float, epoch: int, factor: float = 0.1, every: int = 30) -> float:
    _require(epoch >= 0, "epochs count from 0")
    _require(every >= 1, "a stage lasts at least one epoch")
    number_of_completed_stages: int = int(math.floor(epoch / every))
    reduction: float = factor**number_of_completed_stages
    return lr0 * reduction


def exponential_decay(lr0: float, epoch: int, gamma: float = 0.95) -> float:
    _require(epoch >= 0, "epochs count from 0")
    remaining_share: float = gamma**epoch
    return lr0 * remaining_share


def inverse_time_decay(lr0: float, epoch: int, k: float = 1.0) -> float:
    _require(epoch >= 0, "epochs count from 0")
    denominator: float = 1.0 + k * float(epoch)
    return lr0 / denominator


def cosine_decay(lr0: float, epoch: int, total: int, lr_min: float = 0.0) -> float:
    _require(total >= 1, "a schedule needs at least one epoch")
    schedule_is_over: bool = epoch >= total
    if schedule_is_over:
        return lr_min
    angle_in_radians: float = HALF_TURN * (epoch / total)
    weight_of_the_start: float = (1.0 + math.cos(angle_in_radians)) / 2.0
    weight_of_the_end: float = (1.0 - math.cos(angle_in_radians)) / 2.0
    return lr0 * weight_of_the_start + lr_min * weight_of_the_end


def _verdicts(losses: Sequence[float] | npt.NDArray[np.float64], *, threshold: float) -> Iterator[Verdict]:
    best_loss_so_far: float = math.inf
    for loss in losses:
        if loss < best_loss_so_far * (1.0 - threshold):
            best_loss_so_far = float(loss)
            yield Verdict.GOOD
        else:
            yield Verdict.BAD


def reduce_on_plateau(
    losses: Sequence[float] | npt.NDArray[np.float64],
    lr0: float,
    factor: float = 0.1,
    patience: int = 10,
    threshold: float = 1e-4,
) -> list[float]:
    _require(len(losses) > 0, "no losses")
    _require(patience >= 0, "patience is negative")
    learning_rates: list[float] = []
    current_learning_rate: float = lr0
    consecutive_bad_epochs: int = 0
    verdict: Verdict
    for verdict in _verdicts(losses, threshold=threshold):
        if verdict is Verdict.GOOD:
            consecutive_bad_epochs = 0
        else:
            consecutive_bad_epochs += 1
        if consecutive_bad_epochs > patience:
            current_learning_rate = current_learning_rate * factor
            consecutive_bad_epochs = 0
        learning_rates.append(current_learning_rate)
    assert len(learning_rates) == len(losses)
    return learning_rates


def early_stopping(
    val_losses: Sequence[float] | npt.NDArray[np.float64], patience: int = 5, min_delta: float = 0.0
) -> StopResult:
    _require(len(val_losses) > 0, "no losses")
    _require(patience >= 1, "patience is less than one epoch")
    best_loss: float = math.inf
    best_epoch: int = 0
    epochs_without_improvement: int = 0
    current_epoch: int = 0
    for current_epoch, loss in enumerate(val_losses):
        is_improvement: bool = bool(loss < best_loss - min_delta)
        if is_improvement:
            best_loss, best_epoch = float(loss), current_epoch
            epochs_without_improvement = 0
        else:
            epochs_without_improvement += 1
        if epochs_without_improvement >= patience:
            return StopResult(stop_epoch=current_epoch, best_epoch=best_epoch)
    return StopResult(stop_epoch=current_epoch, best_epoch=best_epoch)
