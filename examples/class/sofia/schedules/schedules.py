"""Learning-rate decay and monitoring; lecture topics "Once more: learning rate" and "Sum up: optimization"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def step_decay(lr0: float, epoch: int, factor: float = 0.1, every: int = 30) -> float:
    """Return the learning rate of an epoch: constant for a while, then a step down, and so on."""
    steps = epoch // every
    return lr0 * factor**steps


def exponential_decay(lr0: float, epoch: int, gamma: float = 0.95) -> float:
    """Return the learning rate of an epoch: every epoch's is the same multiple of the one before."""
    return lr0 * gamma**epoch


def inverse_time_decay(lr0: float, epoch: int, k: float = 1.0) -> float:
    """Return the learning rate of an epoch: it falls like one over time."""
    return lr0 / (1.0 + k * epoch)


def cosine_decay(lr0: float, epoch: int, total: int, lr_min: float = 0.0) -> float:
    """Return the learning rate of an epoch: half a cosine from lr0 down to lr_min, then lr_min for ever.

    lr0: the rate of epoch 0. epoch: a whole number, counted from 0.
    total: the epoch at which lr_min is reached, at least 1. lr_min: the lowest rate.

    Returns the rate, a number.

    Formula: lr_min + (lr0 − lr_min)·(1 + cos(π·epoch/total))/2 up to `total`, lr_min after it.

    Source: Loshchilov and Hutter 2017, "SGDR: Stochastic Gradient Descent with Warm Restarts";
    torch.optim.lr_scheduler.CosineAnnealingLR.
    """
    raise NotImplementedError


def reduce_on_plateau(
    losses: Sequence[float] | np.ndarray,
    lr0: float,
    factor: float = 0.1,
    patience: int = 10,
    threshold: float = 1e-4,
) -> list[float]:
    """Return the learning rate in force after each loss was seen: it falls when the loss stops falling.

    losses: one number an epoch, not empty, a list or an array; none is negative.
    lr0: the rate at the start. factor: what a reduction multiplies the rate by.
    patience: how many bad epochs in a row are put up with, at least 0.
    threshold: by which share of the best loss a loss must lie below it.

    Returns a list with a rate for each loss.

    Rule: an epoch is good when loss < best·(1 − threshold). The best loss starts at ∞ and becomes the loss
    of each good epoch. Every other epoch is bad. When more than `patience` bad epochs have come in a row,
    the rate is multiplied by `factor` and the count of bad epochs starts again at 0.

    Source: torch.optim.lr_scheduler.ReduceLROnPlateau (but without its smallest change `eps`).
    """
    raise NotImplementedError


def early_stopping(
    val_losses: Sequence[float] | np.ndarray, patience: int = 5, min_delta: float = 0.0
) -> tuple[int, int]:
    """Return the epoch at which training stops, and the epoch whose parameters are kept.

    val_losses: the validation loss of each epoch, not empty, a list or an array.
    patience: how many epochs in a row without improvement end the training, at least 1.
    min_delta: by how much a loss must lie below the best one to be an improvement.

    Returns (stop_epoch, best_epoch), whole numbers, counted from 0.

    Rule: an epoch improves when loss < best − min_delta. The best loss starts at ∞ and becomes the loss of
    each improving epoch. Training stops at the epoch that makes `patience` epochs in a row without
    improvement, or at the last one. `best_epoch` is the last epoch, up to the stop, that improved.

    Source: Prechelt 1998, "Early Stopping - But When?".
    """
    raise NotImplementedError
