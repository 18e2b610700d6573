"""Compare what a submission does at a claim with what a misconception does there."""

from __future__ import annotations

import math

import numpy as np

from autograder.array import unpack
from autograder.behaviour import Behaviour, Broken, Open, Right, Sampled, Values
from autograder.claims import Holds
from autograder.diagnose.observe import Observation
from autograder.judge.tolerance import compare

DEVIATIONS = 8.0  # of a few runs: how far chance takes another sample of the same kind
FLOOR = 0.01  # relative, for numbers that hardly vary
SHARE = 0.1  # of elements that a condition holds for, which by chance may be none in every run


def agrees(observed: Observation, behaviour: Behaviour) -> bool | None:
    """Say whether the submission does at this claim what the misconception does; None where nothing can be said."""
    assessment = observed.assessment
    if assessment.left_out is not None or isinstance(behaviour, Open):
        return None
    if isinstance(behaviour, Right):
        return assessment.reason is None
    if isinstance(behaviour, Broken):
        return observed.broken == behaviour
    same = _same_values(observed, behaviour)
    carried = bool(assessment.mend) and observed.check.function not in assessment.mend
    return None if carried and not same else same


def _same_values(observed: Observation, behaviour: Values | Sampled) -> bool:
    if isinstance(behaviour, Values):
        return _equal(observed, unpack(behaviour.actual))
    passed = observed.assessment.reason is None and not observed.assessment.mend
    if passed and behaviour.always:
        return False
    found = observed.features
    if found is None or len(found) != len(behaviour.means):
        return False
    rest = SHARE if isinstance(observed.claim, Holds) else 0.0
    return all(
        abs(number - mean) <= DEVIATIONS * deviation + FLOOR * max(abs(number), abs(mean)) + rest
        for number, mean, deviation in zip(found, behaviour.means, behaviour.deviations, strict=True)
    )


def evidence(observed: Observation, behaviour: Behaviour) -> float:
    """Return the logarithm of how likely a misconception makes these numbers, up to a constant."""
    if not isinstance(behaviour, Sampled) or (found := observed.features) is None:
        return 0.0
    total = 0.0
    for number, mean, deviation in zip(found, behaviour.means, behaviour.deviations, strict=True):
        width = max(deviation, FLOOR * max(abs(mean), 1.0))
        total -= 0.5 * ((number - mean) / width) ** 2 + math.log(width)
    return total


def _equal(observed: Observation, expected: np.ndarray) -> bool:
    pair = observed.values
    if pair is None or pair[0].shape != expected.shape:
        return False
    return compare("", actual=pair[0], expected=expected, scale=None, single=observed.results.single) is None
