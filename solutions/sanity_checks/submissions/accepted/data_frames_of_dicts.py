"""Dataclasses and properties; type hints; walrus operators."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass
class Run:
    train: list
    val: list

    @property
    def finite(self) -> bool:
        return bool(np.isfinite(np.r_[self.train, self.val]).all())

    @property
    def progress(self) -> float:
        return self.train[-1] / self.train[0]

    @property
    def gap(self) -> float:
        return self.val[-1] - 1.1 * min(self.val)


@dataclass
class Step:
    old: np.ndarray
    new: np.ndarray

    @property
    def ratio(self) -> float:
        if (change := float(np.linalg.norm((self.new - self.old).reshape(-1)))) == 0:
            return 0.0
        if (size := float(np.linalg.norm(self.old.reshape(-1)))) == 0:
            return float("inf")
        return change / size


def numerical_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    gradient = np.full(x.shape, np.nan)
    with np.nditer(gradient, flags=["multi_index"], op_flags=["writeonly"]) as iterator:
        for cell in iterator:
            shift = np.zeros(x.shape)
            shift[iterator.multi_index] = h
            cell[...] = (f(x + shift) - f(x - shift)) / (h + h)
    return gradient


def relative_error(a, b, floor: float = 1e-8) -> float:
    return float(np.max(np.divide(np.abs(a - b), np.maximum(np.abs(a) + np.abs(b), floor))))


def gradient_is_right(f, grad, x, rng, directions: int = 5) -> bool:
    own = numerical_gradient(f, x, h=1e-5)
    return bool(np.sqrt(((own - grad) ** 2).sum()) / np.sqrt((own**2).sum()) < 1e-3)


def chance_loss(classes: int, kind: str) -> float:
    if kind == "softmax":
        return float(-np.log(np.reciprocal(float(classes))))
    if kind == "hinge":
        return float(classes + ~0)
    raise ValueError(f"no {kind}")


def update_ratio(before: dict, after: dict) -> dict:
    return {name: Step(before[name], after[name]).ratio for name in before}


def dead_units(h: np.ndarray) -> float:
    alive = np.zeros(h.shape[1], dtype=bool)
    for example in h:
        alive |= example != 0
    return 1.0 - alive.mean()


def diagnose_curve(train_loss, val_loss) -> str:
    run = Run(list(train_loss), list(val_loss))
    if not run.finite or run.progress > 1:
        return "too_high"
    if run.progress > 0.9:
        return "too_low"
    return "overfitting" if run.gap > 0 else "good"
