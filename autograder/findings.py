"""Findings: why a check was not passed, as data. `judge` makes them, `explain` puts them into words."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.trace import Line, Malformed


@dataclass(frozen=True, kw_only=True, slots=True)
class Undefined:
    """The file defines no such function, or (`found`) something else of its name."""

    function: str
    found: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NotWritten:
    """The function still raises NotImplementedError."""

    function: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RaisedError:
    """The function raised; `name` is the exception's class, `known` the nearest class of Python's own."""

    function: str
    label: str
    name: str
    known: str
    text: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stopped:
    """The function's process gave no answer."""

    kind: str  # timeout, memory, crash, protocol
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BadForm:
    """What came back can't be taken for the result: `output` of the call `label`."""

    output: str
    label: str
    malformed: Malformed
    expected: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BadShape:
    """An array, or a list (`items`), is not of the expected shape."""

    output: str
    label: str
    actual: tuple[int, ...]
    expected: tuple[int, ...]
    item: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BadCount:
    """A list does not have the expected number of items."""

    output: str
    label: str
    actual: int
    expected: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NotFinite:
    """NaN or infinity stands where there is a finite answer."""

    output: str
    label: str
    count: int
    size: int
    index: tuple[int, ...]
    value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class BadValues:
    """Values differ; the place is that of the largest difference in units of what is allowed."""

    what: str
    count: int
    size: int
    index: tuple[int, ...]
    actual: float
    expected: float
    allowed: float


@dataclass(frozen=True, kw_only=True, slots=True)
class BadDistribution:
    """A random result is not distributed as it should be: `statistic` lies outside its range."""

    what: str
    statistic: str
    actual: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenProperty:
    """A property does not hold; the sentence is the check author's."""

    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NotRefused:
    """A bad argument was accepted, or refused (`raised`) with another exception than promised."""

    argument: str
    error: str
    raised: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Needs:
    """The check can't run, because another function that it calls first fails: `problem` is that one's finding."""

    function: str
    problem: Reason


Reason = (
    Undefined
    | NotWritten
    | RaisedError
    | Stopped
    | BadForm
    | BadShape
    | BadCount
    | NotFinite
    | BadValues
    | BadDistribution
    | BrokenProperty
    | NotRefused
    | Needs
)
