"""Compare what a submission does at a label with what a misconception does there.

Given an observation, and the mark of the misconception at the same label, it returns one of five answers.
"""

from __future__ import annotations

import enum
from collections.abc import Callable

import numpy as np

from autograder.checking import Observation, is_close
from autograder.diagnosis.features import OUT_OF_RANGE, failure_mark, is_extreme, keeps_axis
from autograder.key import Fails, Holds, Mark, Sampled, Unclear, Values
from autograder.wire import unpack

DEVIATIONS = 8.0  # of a few runs: how far another sample of the same kind may be off by chance
CHANCE = 0.1  # a deviation between runs that shows that few values were drawn, which may be right by chance
FLOOR = 0.01  # relative deviation, for numbers that hardly vary
# Features that may vary by chance more than a few runs have shown: shares of elements, and scores of statistics.
ROOM = {"condition": 0.1, "sample": 0.05}
Features = Callable[[Observation], tuple[float, ...] | None]


class Agreement(enum.Enum):
    """The evidence at a label about a misconception."""

    TELLS = enum.auto()  # the same as with the misconception, and not right
    AGREES = enum.auto()  # right, as with the misconception
    OPEN = enum.auto()  # different, but where that means little: a division by zero, a case treated separately, chance
    SILENT = enum.auto()  # nothing was observed, or nothing is known
    CONTRADICTS = enum.auto()


def agreement(
    observed: Observation | None,
    mark: Mark,
    *,
    single: bool,
    guarded: bool = False,
    by_chance: bool = False,
    features: Features,
) -> Agreement:
    """Compare what was seen at a label with what a misconception does there.

    Parameters
    ----------
    observed
        The observation; None if the check did not reach the label.
    mark
        The misconception's mark.
    single
        Whether the student's values show single precision.
    guarded
        Whether many treat the label's case separately, so that a difference contradicts nothing.
    by_chance
        Whether a property that holds in the few runs of a misconception may fail by chance in another run.
    features
        Returns the features of an observation; a caller that compares it with many marks remembers them.
    """
    if isinstance(mark, Unclear) or observed is None:
        return Agreement.SILENT
    found = _agreement(observed, mark, features, single=single)
    lenient = guarded or (by_chance and isinstance(mark, Holds))
    return Agreement.OPEN if lenient and found is Agreement.CONTRADICTS else found


def _agreement(
    observed: Observation, mark: Holds | Fails | Values | Sampled, features: Features, *, single: bool
) -> Agreement:
    extreme = is_extreme(observed.failure)
    other = Agreement.OPEN if extreme else Agreement.CONTRADICTS
    if isinstance(mark, Holds):
        return Agreement.AGREES if observed.failure is None else other
    if isinstance(mark, Fails):
        if failure_mark(observed.failure) == mark:
            return Agreement.TELLS
        beyond = mark.kind == "not finite" or mark.detail.partition(" ")[0] in OUT_OF_RANGE
        return Agreement.OPEN if beyond else other
    if keeps_axis(observed.failure):
        return Agreement.CONTRADICTS  # `diagnose` compares again, the values alone
    if isinstance(mark, Values):
        return _of_values(observed, unpack(mark.actual), single=single)
    if observed.failure is None and mark.always and max(mark.deviations, default=0.0) > CHANCE:
        return Agreement.OPEN
    if extreme or not _is_such_a_sample(observed, mark, features(observed)):
        return other
    return Agreement.TELLS if observed.failure is not None else Agreement.AGREES


def _is_such_a_sample(observed: Observation, mark: Sampled, found: tuple[float, ...] | None) -> bool:
    """Say whether the misconception could have given the observation, with these features, by chance."""
    if found is None or len(found) != len(mark.means) or (observed.failure is None and mark.always):
        return False
    rest = ROOM.get(observed.form, 0.0)
    return all(
        abs(number - mean) <= DEVIATIONS * deviation + FLOOR * max(abs(number), abs(mean)) + rest
        for number, mean, deviation in zip(found, mark.means, mark.deviations, strict=True)
    )


def _of_values(observed: Observation, expected: np.ndarray, *, single: bool) -> Agreement:
    """Compare values where both are finite, since equivalent formulas differ beyond the range of numbers."""
    actual = observed.actual
    if actual is None or actual.shape != expected.shape:
        return Agreement.OPEN if is_extreme(observed.failure) else Agreement.CONTRADICTS
    finite = np.isfinite(actual) & np.isfinite(expected)
    if finite.all():
        if not is_close(actual, expected, single=single):
            return Agreement.CONTRADICTS
        return Agreement.TELLS if observed.failure is not None else Agreement.AGREES
    if np.array_equal(actual[~finite], expected[~finite], equal_nan=True):
        same_beyond = Agreement.TELLS
    else:
        same_beyond = Agreement.OPEN
    if not finite.any():
        return same_beyond
    if not is_close(actual[finite], expected[finite], single=single):
        return Agreement.CONTRADICTS
    right = observed.expected
    wrong = right is None or not is_close(actual[finite], right[finite], single=single)
    return same_beyond if same_beyond is Agreement.TELLS or not wrong else Agreement.TELLS
