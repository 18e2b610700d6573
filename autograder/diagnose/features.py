"""Numbers that tell what kind of thing a random result is, whatever was drawn."""

from __future__ import annotations

import numpy as np

from autograder.claims import Close, Follows, Holds
from autograder.diagnose.observe import Observation
from autograder.formula import Apply, evaluate
from autograder.judge.distribution import scores
from autograder.judge.results import NoResult, Unusable
from autograder.judge.tolerance import DOUBLE

COMPARISONS = ("less", "less_equal", "greater", "greater_equal", "equal", "not_equal")
OFF = 100 * DOUBLE  # relative: beyond what counts as the same


def features(observed: Observation) -> tuple[float, ...] | None:
    """Return the numbers that tell what a claim's values are like, or None where there are no values."""
    claim = observed.claim
    try:
        if isinstance(claim, Close):
            return _of_values(observed)
        if isinstance(claim, Holds):
            return _of_condition(observed, claim)
        if isinstance(claim, Follows):
            sample = np.asarray(evaluate(claim.sample, observed.results.look_up), np.float64)
            distance = np.nan_to_num(scores(sample, claim.law)) + 1  # roots: sums of few squares have long tails
            return tuple((np.sign(distance) * np.sqrt(np.abs(distance))).tolist())
    except (Unusable, NoResult):
        pass
    return None


def _of_values(observed: Observation) -> tuple[float, ...] | None:
    pair = observed.values()
    if pair is None:
        return None
    actual, expected = pair
    room = OFF * np.max(np.abs(expected), initial=0.0)
    there, due = np.abs(actual) > room, np.abs(expected) > room
    both = there & due
    ratio = float(np.median(actual[both] / expected[both])) if both.any() else 0.0
    size = float(np.sqrt(np.sum(expected * expected))) or 1.0
    left = float(np.log1p(np.sqrt(np.sum((actual - expected) ** 2)) / size))
    return ratio, left, float((there & ~due).mean()), float((due & ~there).mean())


def _of_condition(observed: Observation, claim: Holds) -> tuple[float, ...]:
    """Return how often a condition holds, and the mean of what is compared."""
    condition, look_up = claim.condition, observed.results.look_up
    share = float(np.mean(evaluate(condition, look_up)))
    if not isinstance(condition, Apply) or condition.function not in COMPARISONS:
        return (share,)
    compared = np.asarray(evaluate(condition.arguments[0], look_up), np.float64)
    return share, float(compared.mean())
