"""Compare what a submission does at a claim with what a misconception does there."""

from __future__ import annotations

import numpy as np

from autograder.array import unpack
from autograder.behaviour import Behaviour, Broken, Fit, Right, Scores, Values
from autograder.diagnose.observe import Observation, as_fit
from autograder.judge.tolerance import compare

# What chance may change from one sample to another of one misconception.
FACTOR = 0.02
LEFT, LEFT_FLOOR = 0.15, 0.01
WRONG = 0.05
SCORE, SCORE_SHARE = 1.0, 0.15


def agrees(observed: Observation, behaviour: Behaviour) -> bool | None:
    """Say whether the submission does at this claim what the misconception does; None where nothing can be said."""
    assessment = observed.assessment
    if assessment.left_out is not None or behaviour == Broken("left out", ""):
        return None
    if isinstance(behaviour, Right):
        return assessment.reason is None
    if isinstance(behaviour, Broken):
        return observed.broken() == behaviour
    same = _same_values(observed, behaviour)
    carried = bool(assessment.mend) and observed.check.function not in assessment.mend
    return None if carried and not same else same


def _same_values(observed: Observation, behaviour: Values | Fit | Scores) -> bool:
    if isinstance(behaviour, Values):
        return _equal(observed, unpack(behaviour.actual))
    if isinstance(behaviour, Fit):
        fit = as_fit(observed)
        return fit is not None and _near_fit(fit, behaviour)
    found = observed.scores()
    return found is not None and _near_scores(found.values, behaviour.values)


def _equal(observed: Observation, expected: np.ndarray) -> bool:
    pair = observed.values()
    if pair is None or pair[0].shape != expected.shape:
        return False
    actual, other = pair[0] / 4, expected / 4  # room for sums of the largest numbers
    return compare("", actual=actual, expected=other, scale=None, single=observed.results.single) is None


def _near_fit(fit: Fit, other: Fit) -> bool:
    return (
        abs(fit.factor - other.factor) <= FACTOR * max(abs(fit.factor), abs(other.factor))
        and abs(fit.left - other.left) <= LEFT * max(fit.left, other.left) + LEFT_FLOOR
        and abs(fit.wrong - other.wrong) <= WRONG
    )


def _near_scores(found: tuple[float, ...], others: tuple[float, ...]) -> bool:
    return len(found) == len(others) and all(
        abs(one - other) <= SCORE + SCORE_SHARE * max(abs(one), abs(other))
        for one, other in zip(found, others, strict=True)
    )
