"""Sanity checks of a network in training; lecture topic "Monitor your model quality"."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Return the gradient of f at x by central differences.

    f: takes an array of the shape of x, returns a number.
    x: any shape, also that of a single number. Afterwards x has to be as it was.
    h: the step to either side.

    Returns an array of the shape of x.

    Formula: element by element, with all others as they are:
        ∂f/∂xᵢ ≈ (f(xᵢ + h) − f(xᵢ − h)) / 2h
    Differences need double precision.

    Source: CS231n, "Neural Networks Part 3: Learning and Evaluation", gradient checks.
    """
    ### BEGIN SOLUTION
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
    ### END SOLUTION


def relative_error(a: np.ndarray, b: np.ndarray, floor: float = 1e-8) -> float:
    """Return the largest relative error between two arrays.

    a, b: arrays of one shape.
    floor: the least denominator, greater than 0: below it, differences count as they are.

    Returns a number.

    Formula: max over all elements of |aᵢ − bᵢ| / max(floor, |aᵢ| + |bᵢ|)

    Source: CS231n, "Neural Networks Part 3: Learning and Evaluation", gradient checks.
    """
    ### BEGIN SOLUTION
    return float(np.max(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))))
    ### END SOLUTION


def gradient_is_right(
    f: Callable[[np.ndarray], float],
    grad: np.ndarray,
    x: np.ndarray,
    rng: np.random.Generator,
    directions: int = 5,
) -> bool:
    """Say whether grad is the gradient of f at x.

    f: smooth; takes an array of the shape of x, returns a number.
    grad: a candidate for the gradient, of the shape of x.
    x: any shape, also that of a single number.
    rng: for random directions, if you like to use any.
    directions: how many of them; the default is what is graded.

    Returns True or False.

    f may be of any scale from 1e-6 to 1e6. Candidates are right to a billionth of the true
    gradient's norm, or off by 2 % of it at least: in one entry, by a sign, a factor, a
    transposition. The true gradient is not zero, and |f| is at most 1000 times its norm.

    Idea: for a direction d, compare the slope (f(x + hd) − f(x − hd)) / 2h with grad·d: two
    evaluations of f for each direction, however many elements x has.

    Source: CS231n, "Neural Networks Part 3: Learning and Evaluation", gradient checks.
    """
    ### BEGIN SOLUTION
    h, allowed = 1e-5, 1e-4 * np.sqrt(np.sum(grad**2))
    for _ in range(directions):
        d = rng.normal(size=x.shape)
        slope = (f(x + h * d) - f(x - h * d)) / (2 * h)
        if abs(slope - np.sum(grad * d)) > allowed:
            return False
    return True
    ### END SOLUTION


def chance_loss(classes: int, kind: str) -> float:
    """Return the loss of a classifier whose scores are all equal: what to expect before training.

    classes: the number of classes C, at least 2.
    kind: "softmax" (cross-entropy) or "hinge" (the multiclass hinge loss with margin 1).

    Returns a number. Raises ValueError for any other kind.

    Formula: softmax: ln C; hinge: C − 1, one margin for each wrong class.

    Source: CS231n, "Neural Networks Part 3: Learning and Evaluation", sanity checks.
    """
    ### BEGIN SOLUTION
    if kind == "softmax":
        return float(np.log(classes))
    if kind == "hinge":
        return classes - 1.0
    raise ValueError(f'kind must be "softmax" or "hinge", not {kind!r}')
    ### END SOLUTION


def update_ratio(before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> dict[str, float]:
    """Return how large an update is beside the parameters, for each array on its own.

    before, after: parameters by name, before and after a step; both have the same names and
        shapes.

    Returns a dict of numbers with the same keys.

    Formula: ‖after − before‖ / ‖before‖, with Euclidean norms of all elements of the array.
    Where before is all zero: 0 if nothing has changed, otherwise infinity.

    Source: CS231n, "Neural Networks Part 3: Learning and Evaluation": about 1e-3 is healthy.
    """
    ### BEGIN SOLUTION
    ratios = {}
    for name, old in before.items():
        size, change = np.sqrt(np.sum(old**2)), np.sqrt(np.sum((after[name] - old) ** 2))
        ratios[name] = float(change / size) if size > 0 else float("inf") if change > 0 else 0.0
    return ratios
    ### END SOLUTION


def dead_units(h: np.ndarray) -> float:
    """Return the share of units that are exactly 0 for every example.

    h (N, H): activations, one row per example, one column per unit.

    Returns a number from 0 to 1. A unit that is not exactly 0 for some example is alive, however
    small or negative it is.

    Source: CS231n, "Neural Networks Part 1: Setting up the Architecture", on dying ReLUs.
    """
    ### BEGIN SOLUTION
    return float(np.mean(np.all(h == 0, axis=0)))
    ### END SOLUTION


def diagnose_curve(train_loss: list[float], val_loss: list[float]) -> str:
    """Say what the losses of a training run tell about it.

    train_loss, val_loss: one loss per epoch, lists or arrays of the same length, at least 2.
        They are ≥ 0 or not finite; the first training loss is finite and > 0.

    Returns the first of these that holds:
        "too_high": some value of either is not finite, or the last training loss exceeds the
            first one. (The learning rate is too high.)
        "too_low": the last training loss exceeds 0.9 times the first one. (Too low.)
        "overfitting": the last validation loss exceeds 1.1 times the lowest one.
        "good": none of that.

    Source: CS231n, "Neural Networks Part 3: Learning and Evaluation", babysitting the learning
    process; the limits are this exercise's.
    """
    ### BEGIN SOLUTION
    if not (np.all(np.isfinite(train_loss)) and np.all(np.isfinite(val_loss))) or train_loss[-1] > train_loss[0]:
        return "too_high"
    if train_loss[-1] > 0.9 * train_loss[0]:
        return "too_low"
    return "overfitting" if val_loss[-1] > 1.1 * np.min(val_loss) else "good"
    ### END SOLUTION
