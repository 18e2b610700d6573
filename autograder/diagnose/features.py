"""Numbers that tell what kind of thing a random result is, whatever was drawn."""

from __future__ import annotations

import numpy as np

from autograder.claims import Close, Follows, Holds, Refuses
from autograder.formula import Apply, evaluate
from autograder.judge.distribution import scores
from autograder.judge.results import Results
from autograder.judge.tolerance import DOUBLE

COMPARISONS = ("less", "less_equal", "greater", "greater_equal", "equal", "not_equal")
OFF = 100 * DOUBLE  # relative: beyond what counts as the same


def features_of(
    claim: Close | Holds | Follows | Refuses, values: tuple[np.ndarray, np.ndarray] | None, results: Results
) -> tuple[float, ...] | None:
    """Return the numbers that tell what a claim's values are like; `values` are the actual and the expected ones."""
    if isinstance(claim, Close):
        return None if values is None else _of_values(*values)
    if isinstance(claim, Holds):
        return _of_condition(claim, results)
    return _of_sample(claim, results) if isinstance(claim, Follows) else None


def _of_values(actual: np.ndarray, expected: np.ndarray) -> tuple[float, ...]:
    room = OFF * np.max(np.abs(expected), initial=0.0)
    there, due = np.abs(actual) > room, np.abs(expected) > room
    both = there & due
    ratio = float(np.median(actual[both] / expected[both])) if both.any() else 0.0
    size = float(np.sqrt(np.sum(expected * expected))) or 1.0
    left = float(np.log1p(np.sqrt(np.sum((actual - expected) ** 2)) / size))
    return ratio, left, float((there & ~due).mean()), float((due & ~there).mean())


def _of_sample(claim: Follows, results: Results) -> tuple[float, ...]:
    """Return roots of the distances from the ends of the ranges: sums of few squares have long tails."""
    sample = np.asarray(evaluate(claim.sample, results.look_up), np.float64)
    distance = np.nan_to_num(scores(sample, claim.law)) + 1
    return tuple((np.sign(distance) * np.sqrt(np.abs(distance))).tolist())


def _of_condition(claim: Holds, results: Results) -> tuple[float, ...]:
    """Return how often a condition holds, and the mean of what is compared."""
    condition, look_up = claim.condition, results.look_up
    share = float(np.mean(evaluate(condition, look_up)))
    if not isinstance(condition, Apply) or condition.function not in COMPARISONS:
        return (share,)
    compared = np.asarray(evaluate(condition.arguments[0], look_up), np.float64)
    return share, float(compared.mean())
