"""Compare what a submission does at a label with what a misconception does there.

Given an observation, and the mark of the misconception at the same label, `agreement` returns one of five answers. A
mark holds features that distinguish mistakes: the kind of failure, or numbers that don't depend on random draws.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from autograder.checking import DOUBLE, Failure, Observation, compare, differs_by_ones, failures, is_close
from autograder.distribution import scores
from autograder.key import Fails, Holds, Mark, Sampled, Unclear, Values
from autograder.wire import unpack

OFF = 5 * DOUBLE  # relative difference beyond which values count as different
OUT_OF_RANGE = frozenset({"ZeroDivisionError", "OverflowError", "FloatingPointError"})
DEVIATIONS = 8.0  # of a few runs: how far another sample of the same kind may be off by chance
CHANCE = 0.1  # a deviation between runs that shows that few values were drawn, which may be right by chance
FLOOR = 0.01  # relative deviation, for numbers that hardly vary
# Features that may vary by chance more than a few runs have shown: shares of elements, and scores of statistics.
ROOM = {"condition": 0.1, "sample": 0.05}
Features = Callable[[Observation], tuple[float, ...] | None]


# ---- features


def failure_mark(failure: Failure | None) -> Fails | None:
    """Return the kind of a failure, if that tells the mistake, and not values."""
    if isinstance(failure, failures.RaisedError):
        return Fails("raises", f"{failure.known} {failure.label}")
    if isinstance(failure, failures.WrongShape):
        return Fails("shape", f"{failure.output} {failure.actual}")
    if isinstance(failure, failures.WrongCount):
        return Fails("count", f"{failure.output} {failure.actual}")
    if isinstance(failure, failures.WrongForm):
        return Fails("form", f"{failure.output} {failure.malformed.problem}")
    if isinstance(failure, failures.NotFinite):
        return Fails("not finite", f"{failure.output} {failure.count} {failure.index} {failure.value}")
    if isinstance(failure, failures.NotRefused):
        return Fails("not refused", failure.raised)
    if isinstance(failure, failures.Stopped | failures.NotWritten):
        return Fails("stopped", type(failure).__name__)
    return Fails("property", failure.sentence) if isinstance(failure, failures.BrokenProperty) else None


def is_extreme(failure: Failure | None) -> bool:
    """Say whether a failure comes from numbers out of range: NaN, infinity, or an exception about it."""
    if isinstance(failure, failures.RaisedError):
        return failure.known in OUT_OF_RANGE
    return isinstance(failure, failures.NotFinite)


def keeps_axis(failure: Failure | None) -> bool:
    """Say whether a shape is wrong only by additional axes of length 1."""
    return (
        isinstance(failure, failures.WrongShape)
        and len(failure.actual) > len(failure.expected)
        and differs_by_ones(failure.actual, failure.expected)
    )


def without_kept_axes(seen: Observation, *, single: bool) -> Observation | None:
    """Return an observation as it would be if no axis of length 1 had been kept; None if nothing remains of it."""
    if not keeps_axis(seen.failure):
        return seen
    if seen.form != "values" or seen.actual is None or seen.expected is None:
        return None
    failure = compare(seen.label, seen.actual, seen.expected, scale=seen.scale, single=single)
    return replace(seen, failure=failure)


def features_of(seen: Observation) -> tuple[float, ...] | None:
    """Return numbers that characterize a random result, whatever was drawn; None without values."""
    if seen.actual is None:
        return None
    if seen.form == "values" and seen.expected is not None:
        return _features_of_values(seen.actual, seen.expected)
    if seen.form == "condition":
        return (float(np.mean(seen.actual)),)
    if seen.form == "sample" and seen.distribution is not None:
        # Roots of the distances from the ends of the ranges: sums of few squares have long tails.
        distance = np.nan_to_num(scores(seen.actual, seen.distribution)) + 1
        return tuple((np.sign(distance) * (np.sqrt(1 + np.abs(distance)) - 1)).tolist())
    return None


def _features_of_values(actual: np.ndarray, expected: np.ndarray) -> tuple[float, ...]:
    """Return the typical ratio, the relative distance, and the shares of extra and missing elements."""
    room = OFF * np.max(np.abs(expected), initial=0.0)
    there, due = np.abs(actual) > room, np.abs(expected) > room
    both = there & due
    ratio = float(np.median(actual[both] / expected[both])) if both.any() else 0.0
    size = float(np.sqrt(np.sum(expected * expected))) or 1.0
    left = float(np.log1p(np.sqrt(np.sum((actual - expected) ** 2)) / size))
    return ratio, left, float((there & ~due).mean()), float((due & ~there).mean())


# ---- whether they agree


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
        # Where the check gives a scale, what is small beside it is rounding: equal formulas differ there.
        if not is_close(actual, expected, scale=observed.scale, single=single):
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
