"""The `expect` of a check: expectations don't end the check, so that later ones help to recognize the mistake.

The first expectation that fails is the failure of the check; the others are still evaluated, for the diagnosis.

Values are compared with a tolerance. An answer may be off by 2e-5 of itself plus 2e-5 of the size of the numbers beside
it. This allows single precision in some of the arrays, which is invisible in a result that other arrays make double
again. If the student's values show single precision, an answer may be off by 1e-4 of both. Checks choose inputs for
which every known mistake is far beyond that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from autograder.checking.failures import (
    BrokenProperty,
    Failure,
    NotRefused,
    RaisedError,
    WrongDistribution,
    WrongValues,
)
from autograder.checking.student import CallFailed, CallLog, Unusable
from autograder.key import END
from autograder.results import Kind
from autograder.wire import Array, pack

if TYPE_CHECKING:
    from autograder.distribution import Distribution

DIGITS = 11  # digits of recorded values: more than the tolerance needs, fewer than those in which machines differ
LEAST_EXPONENT = -250  # smaller values are far below every tolerance, and near the end of the powers of ten
# The tolerance, as a share of an answer and of the numbers beside it: if they are double, or single precision.
DOUBLE = 2e-5
SINGLE = 1e-4


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Observation:
    """The observation at one label: the failure, if any, and the compared values.

    Values of another shape are kept if they differ only by axes of length 1; so are NaN and infinity. `source` is the
    object that the check has passed, which may be a student's unchanged result; `scale`, how large values count as,
    where the check says so.
    """

    label: str
    form: Literal["values", "condition", "sample", "raises", "end"]
    failure: Failure | None
    actual: np.ndarray | None = None
    expected: np.ndarray | None = None
    distribution: Distribution | None = None
    source: object = None
    scale: object = None


class Undecided(Exception):
    """A follow-through finds nothing in the student's own results that could be right or wrong."""


class Expect:
    """The expectations of one run of a check.

    Parameters
    ----------
    recorded
        Values by label from the run on the reference; None while they are being recorded.
    log
        The log of the student's calls.
    """

    def __init__(self, recorded: Mapping[str, np.ndarray] | None, log: CallLog) -> None:
        self.observations: list[Observation] = []
        self.values: dict[str, Array] = {}  # recorded in this run
        self.kinds: set[Kind] = set()
        self.repeats = False
        self.calls_before_failure: int | None = None  # how many calls came before the first expectation that failed
        self._provided: list[bool] = []  # whether the results on which a follow-through's function is built are right
        self._recorded = recorded
        self._log = log
        self._labels: set[str] = set()

    # ---- expectations

    def reference(self, label: str, actual: object, *, scale: object = None) -> None:
        """Expect the value that the same line had when the reference ran.

        Parameters
        ----------
        label
            The value's name in messages; unique within the check.
        actual
            A number or an array, from the student's results.
        scale
            The size of the terms from which an answer near zero was computed; by default, the largest expected value.
        """
        self.kinds.add("reference")
        self._compare(label, actual, self.recorded(label, actual), scale)

    def gradient(self, label: str, actual: object, *, scale: object = None) -> None:
        """Expect the gradient that the reference's automatic differentiation gave on the same line."""
        self.kinds.add("gradient")
        self._compare(label, actual, self.recorded(label, actual), scale)

    def close(self, label: str, actual: object, expected: object, *, scale: object = None) -> None:
        """Expect two values to be equal within the tolerance: numbers, or arrays of the same shape."""
        self.kinds.add("property")
        self._use(label)
        self._compare(label, actual, np.asarray(expected, np.float64), scale)

    def that(self, condition: object, sentence: str) -> None:
        """Expect a condition, or every element of one, to be true; the sentence says what is wrong if it is not."""
        self.kinds.add("property")
        self._use(sentence)
        holds = np.asarray(condition)
        failure = None if bool(holds.all()) else BrokenProperty(sentence=sentence)
        self._note(Observation(label=sentence, form="condition", failure=failure, actual=holds.astype(np.float64)))

    def distribution(self, label: str, sample: object, distribution: Distribution) -> None:
        """Expect a sample to have a distribution; a right sample is rejected with a probability below 1e-9."""
        self.kinds.add("distribution")
        self._use(label)
        from autograder.distribution import known_instead, statistic_outside  # few exercises draw random numbers

        values = np.asarray(sample, np.float64)
        found = statistic_outside(values, distribution)
        failure = None
        if found is not None:
            failure = WrongDistribution(
                what=label,
                statistic=found.name,
                actual=found.value,
                low=found.low,
                high=found.high,
                instead=known_instead(found, distribution),
            )
        self._note(Observation(label=label, form="sample", failure=failure, actual=values, distribution=distribution))

    @contextmanager
    def raises(self, error: type[Exception], argument: str) -> Iterator[None]:
        """Expect the call in this block to raise an exception of a class; `argument` is the bad argument, for
        messages.
        """
        self.kinds.add("error")
        self._use(argument)
        failure: Failure | None
        try:
            yield
            failure = NotRefused(argument=argument, error=error.__name__, raised="")
        except CallFailed as failed:
            failure = failed.failure
            if isinstance(failure, RaisedError):
                refused = error.__name__ in failure.ancestry
                failure = None if refused else NotRefused(argument=argument, error=error.__name__, raised=failure.known)
            else:
                raise
        self._note(Observation(label=argument, form="raises", failure=failure))

    def recorded(self, label: str, actual: object) -> np.ndarray:
        """Return the value that the same line had when the reference ran, without expecting it."""
        self._use(label)
        if self._recorded is None:
            values = rounded(np.asarray(actual, np.float64))
            self.values[label] = pack(values)
            return values
        if label not in self._recorded:
            raise KeyError(f"label {label!r} did not occur when the reference ran: labels must not depend on results")
        return self._recorded[label]

    # ---- for follow-throughs

    def nondegenerate(self, condition: object) -> None:
        """Continue only if the student's own results leave something to get right; otherwise nothing is decided."""
        if not np.asarray(condition).all():
            raise Undecided

    @staticmethod
    def usable(*outputs: object) -> bool:
        """Say whether outputs of `student.going_on` are as they have to be: there, of the right shape, and finite."""
        return not any(isinstance(output, Unusable) for output in outputs)

    def provided_right(self, condition: object) -> None:
        """Record whether the results of the student's own earlier functions in this run are those of right ones.

        Only then does a result that follows from none of them count against the function; otherwise nothing is decided.
        """
        self._provided.append(bool(np.asarray(condition).all()))

    @property
    def provided(self) -> bool:
        """Return whether all results on which the function is built were recorded as right."""
        return bool(self._provided) and all(self._provided)

    def follows(self, label: str, actual: object, given: Sequence[object], repeats: Sequence[object] = ()) -> None:
        """Expect the result of a right function for the student's own earlier results.

        Parameters
        ----------
        given
            Answers that are right for the results of the student's own functions: fixing those functions is enough.
        repeats
            Answers of a function that repeats the other one's mistake: both have to change.
        """
        self._use(label)
        values = np.asarray(actual, np.float64)
        failures = [self._difference(label, values, answer) for answer in (*given, *repeats)]
        if not failures:
            raise ValueError(f"{label}: there is no answer to compare with; name one in `given` or in `repeats`")
        failure = None if None in failures else failures[0]
        self.repeats = self.repeats or (failure is None and None not in failures[: len(given)])
        self._note(Observation(label=label, form="values", failure=failure, actual=values))

    # ---- internals

    def end(self, failure: Failure | None) -> None:
        """Record how the check ended: by itself, or by a call that failed."""
        self._note(Observation(label=END, form="end", failure=failure))

    def _use(self, label: str) -> None:
        if label in self._labels:
            raise ValueError(f"label {label!r} is used twice in this check; give each expectation one of its own")
        self._labels.add(label)

    def _note(self, observation: Observation) -> None:
        if observation.failure is not None and self.calls_before_failure is None:
            self.calls_before_failure = len(self._log.made)
        self.observations.append(observation)

    def _compare(self, label: str, actual: object, expected: np.ndarray, scale: object) -> None:
        if isinstance(actual, Unusable) and actual.failed.function == self._log.own:
            failed = actual.failed
            self._note(
                Observation(
                    label=label,
                    form="values",
                    failure=failed.failure,
                    actual=_in_shape(failed.values, expected.shape),
                    expected=expected,
                    source=actual,
                    scale=scale,
                )
            )
            return
        values = np.asarray(actual, np.float64)
        failure = compare(label, values, expected, scale=scale, single=self._log.single)
        self._note(
            Observation(
                label=label,
                form="values",
                failure=failure,
                actual=values,
                expected=expected,
                source=actual,
                scale=scale,
            )
        )

    def _difference(self, label: str, actual: np.ndarray, answer: object) -> Failure | None:
        """Compare with one of several answers; an answer that is not finite, or all zeros, does not count."""
        expected = np.asarray(answer, np.float64)
        if not np.isfinite(expected).all() or not np.any(expected):
            return BrokenProperty(sentence=f"{label} can't be judged.")
        return compare(label, actual, expected, single=self._log.single)


def _in_shape(values: np.ndarray | None, shape: tuple[int, ...]) -> np.ndarray | None:
    """Return values in the expected shape, if they differ from it only by axes of length 1."""
    if values is None or not differs_by_ones(values.shape, shape):
        return None
    return values.reshape(shape)


def differs_by_ones(actual: tuple[int, ...], expected: tuple[int, ...]) -> bool:
    """Say whether two shapes are the same except for axes of length 1."""
    return [length for length in actual if length != 1] == [length for length in expected if length != 1]


def rounded(values: np.ndarray, digits: int = DIGITS) -> np.ndarray:
    """Round to significant digits, so that keys don't depend on the last bits of a machine's arithmetic."""
    with np.errstate(divide="ignore", invalid="ignore"):
        exponent = np.where(values == 0, 0, np.floor(np.log10(np.abs(values))))
        unit = 10.0 ** np.maximum(exponent - digits, LEAST_EXPONENT)
        return np.asarray(np.where(np.isfinite(values), np.rint(values / unit) * unit, values))


# ---- the tolerance: whether two arrays are the same answer, and where they differ most if they are not


def compare(
    what: str, actual: np.ndarray, expected: np.ndarray, *, scale: object = None, single: bool
) -> WrongValues | None:
    """Return None if `actual` equals `expected`, element for element and without broadcasting, or else the failure."""
    if actual.shape != expected.shape:
        raise ValueError(
            f"{what}: actual has shape {actual.shape}, expected has {expected.shape}; compare equal shapes"
        )
    if is_close(actual, expected, scale=scale, single=single):
        return None
    tolerance = np.broadcast_to(_tolerance(expected, scale, single=single), expected.shape)
    error = np.abs(actual - expected)
    wrong = ~((error <= tolerance) | (actual == expected))
    excess = np.where(wrong, np.nan_to_num(error / tolerance, nan=np.inf), -1.0)
    index = np.unravel_index(np.argmax(excess), excess.shape)
    return WrongValues(
        what=what,
        count=int(wrong.sum()),
        size=wrong.size,
        index=tuple(int(place) for place in index),
        actual=float(actual[index]),
        expected=float(expected[index]),
        tolerance=float(tolerance[index]),
        whole=bool((expected == np.rint(expected)).all() and (actual == np.rint(actual)).all()),
    )


def is_close(actual: np.ndarray, expected: np.ndarray, *, scale: object = None, single: bool) -> bool:
    """Say whether arrays of the same shape are equal within the tolerance."""
    if not expected.size:
        return True
    if not actual.ndim and scale is None:
        room = 2 * (SINGLE if single else DOUBLE) * abs(expected.item())
        if abs(actual.item() - expected.item()) <= room < math.inf:
            return True  # a right number, as most are
    close = np.abs(actual - expected) <= _tolerance(expected, scale, single=single)
    return bool(close.all()) or bool((close | (actual == expected)).all())  # NaN is wrong, equal infinities are right


def _tolerance(expected: np.ndarray, scale: object, *, single: bool) -> np.ndarray:
    share, magnitude = SINGLE if single else DOUBLE, np.abs(expected)
    largest = magnitude.max()
    if not largest < np.inf:  # values that are not finite must be equal, and don't widen the tolerance
        magnitude = np.where(np.isfinite(expected), magnitude, 0.0)
        largest = magnitude.max()
    # Two products: the sum of two of the largest floats would overflow.
    return np.asarray(share * magnitude + share * (largest if scale is None else np.asarray(scale)))
