"""Failures as data: why a check was not passed. `checking.words` puts them into words."""

from __future__ import annotations

import builtins
from dataclasses import dataclass

from autograder.results import CheckStatus
from autograder.wire import Malformed, Raised, SourceLine

PYTHON_ERRORS = frozenset(
    name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Undefined:
    """The file defines no such function, or something else with its name (`found`)."""

    function: str
    found: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NotWritten:
    """The function still raises NotImplementedError."""

    function: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RaisedError:
    """The function raised an exception; `name` is its class, `known` the nearest of Python's own classes."""

    function: str
    label: str
    name: str
    known: str
    ancestry: tuple[str, ...]
    text: str
    lines: tuple[SourceLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stopped:
    """The function's process gave no answer."""

    function: str
    kind: str  # timeout, memory, crash, protocol
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongForm:
    """The returned value can't be the result: `output` of the call `label`."""

    output: str
    label: str
    malformed: Malformed
    expected: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongShape:
    """An array, or item number `item` of a list, has a wrong shape."""

    output: str
    label: str
    actual: tuple[int, ...]
    expected: tuple[int, ...]
    item: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongCount:
    """A list does not have the expected number of items."""

    output: str
    label: str
    actual: int
    expected: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NotFinite:
    """There is NaN or infinity where the answer is finite; `given` are the call's arguments at the same place."""

    output: str
    label: str
    count: int
    size: int
    index: tuple[int, ...]
    value: float
    given: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongValues:
    """Values differ; the index is that of the largest difference in units of the tolerance.

    `whole` says that all of them are whole numbers, which must be equal.
    """

    what: str
    count: int
    size: int
    index: tuple[int, ...]
    actual: float
    expected: float
    tolerance: float
    whole: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongDistribution:
    """A random result is not distributed as it should be: `statistic` is outside its range.

    `instead` names a quantity that has such a statistic, if one is known.
    """

    what: str
    statistic: str
    actual: float
    low: float
    high: float
    instead: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenProperty:
    """A property does not hold; the sentence is the check author's."""

    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NotRefused:
    """A bad argument was accepted, or refused with the wrong exception (`raised`)."""

    argument: str
    error: str
    raised: str


Failure = (
    Undefined
    | NotWritten
    | RaisedError
    | Stopped
    | WrongForm
    | WrongShape
    | WrongCount
    | NotFinite
    | WrongValues
    | WrongDistribution
    | BrokenProperty
    | NotRefused
)


def failure_of_raised(function: str, label: str, raised: Raised) -> Failure:
    """Return the failure for an exception; there are special ones for functions that are not written yet, and for lack
    of memory.
    """
    known = next((name for name in raised.ancestry if name in PYTHON_ERRORS), "Exception")
    if known == "NotImplementedError":
        return NotWritten(function=function)
    if known == "MemoryError":
        return Stopped(function=function, kind="memory", detail=raised.text)
    return RaisedError(
        function=function,
        label=label,
        name=raised.ancestry[0],
        known=known,
        ancestry=raised.ancestry,
        text=raised.text,
        lines=raised.lines,
    )


def status_of(failure: Failure) -> CheckStatus:
    """Return the status of a check that ended with a failure."""
    if isinstance(failure, NotWritten) or (isinstance(failure, Undefined) and not failure.found):
        return "not_attempted"
    if isinstance(failure, RaisedError):
        return "error"
    if isinstance(failure, Stopped):
        return {"timeout": "timeout", "memory": "memory"}.get(failure.kind, "crash")  # type: ignore[return-value]
    return "failed"
