"""Features that distinguish mistakes at a label: the kind of failure, or numbers that don't depend on random draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from autograder.checking import DOUBLE, Failure, Observation, compare, differs_by_ones, failures
from autograder.distribution import scores
from autograder.key import Fails

OFF = 5 * DOUBLE  # relative difference beyond which values count as different
OUT_OF_RANGE = frozenset({"ZeroDivisionError", "OverflowError", "FloatingPointError"})


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
    failure = compare(seen.label, seen.actual, seen.expected, single=single)
    return replace(seen, failure=failure)


def features_of(seen: Observation) -> tuple[float, ...] | None:
    """Return numbers that characterize a random result, whatever was drawn; None without values."""
    if seen.actual is None:
        return None
    if seen.form == "values" and seen.expected is not None:
        return _of_values(seen.actual, seen.expected)
    if seen.form == "condition":
        return (float(np.mean(seen.actual)),)
    if seen.form == "sample" and seen.distribution is not None:
        # Roots of the distances from the ends of the ranges: sums of few squares have long tails.
        distance = np.nan_to_num(scores(seen.actual, seen.distribution)) + 1
        return tuple((np.sign(distance) * (np.sqrt(1 + np.abs(distance)) - 1)).tolist())
    return None


def _of_values(actual: np.ndarray, expected: np.ndarray) -> tuple[float, ...]:
    """Return the typical ratio, the relative distance, and the shares of extra and missing elements."""
    room = OFF * np.max(np.abs(expected), initial=0.0)
    there, due = np.abs(actual) > room, np.abs(expected) > room
    both = there & due
    ratio = float(np.median(actual[both] / expected[both])) if both.any() else 0.0
    size = float(np.sqrt(np.sum(expected * expected))) or 1.0
    left = float(np.log1p(np.sqrt(np.sum((actual - expected) ** 2)) / size))
    return ratio, left, float((there & ~due).mean()), float((due & ~there).mean())
