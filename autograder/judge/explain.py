"""Put findings into words: fact, expected, place, allowed. Explaining never changes a verdict.

Of a hidden check a student reads what kind of failure it is and where, never an input, an expected value, or anything
that the student's code could have printed an input into.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import singledispatch

from autograder.findings import (
    BadCount,
    BadDistribution,
    BadForm,
    BadShape,
    BadValues,
    BrokenProperty,
    Needs,
    NotFinite,
    NotRefused,
    NotWritten,
    RaisedError,
    Reason,
    Stopped,
    Undefined,
)
from autograder.judge.verdict import Verdict
from autograder.kinds import Visibility
from autograder.printable import printable
from autograder.trace import Line

MAX_LINES = 8
MAX_WIDTH = 400
STOPPED = {
    "timeout": "took longer than is allowed: is there a loop that does not end?",
    "memory": "needs more memory than is allowed",
    "crash": "ended the whole process (os._exit, a crash inside a library, or recursion without end)",
    "protocol": "interfered with the grader's line to it",
}


def explain(verdict: Verdict, visibility: Visibility, signature: str) -> str:
    """Return the message of a check's record; empty for a check that was simply passed."""
    if verdict.reason is None:
        return _carried(verdict.mend)
    return plain(_words(verdict.reason, Reader(shown=visibility == "public", signature=signature)))


def plain(text: str) -> str:
    """Keep at most eight lines of bounded length, and no character that could steer a terminal."""
    lines = [printable(line) for line in text.split("\n")]
    return "\n".join(line if len(line) <= MAX_WIDTH else line[:MAX_WIDTH] + " ..." for line in lines[:MAX_LINES])


def _carried(mend: tuple[str, ...]) -> str:
    if not mend:
        return ""
    names = " and ".join(mend)
    return f"Right, given {names} in your file, where the mistake is: mend {names}."


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """For whom a finding is put into words: values are `shown` only of public checks."""

    shown: bool
    signature: str


# What stands for a student's own words where a check is hidden: they could carry its inputs.
UNSAID = {
    "count": "Another number of values",
    "huge": "too much",
    "complex": "complex",
    "text": "text",
    "ragged": "a ragged list",
}


@singledispatch
def _words(reason: Reason, reader: Reader) -> str:
    """Put one kind of finding into words."""
    raise TypeError(f"no words for {reason!r} (reader: {reader})")


@_words.register
def _(reason: Undefined, reader: Reader) -> str:
    found = reason.found if reader.shown else "something else"
    fact = f"is {found}, not a function" if reason.found else "is not defined in the file"
    return f"{reason.function} {fact}. Expected: def {reader.signature}"


@_words.register
def _(reason: NotWritten, _reader: Reader) -> str:
    return f"{reason.function} is not written yet (it raises NotImplementedError)."


@_words.register
def _(reason: Stopped, _reader: Reader) -> str:
    return f"The call {STOPPED[reason.kind]}."


@_words.register
def _(reason: Needs, reader: Reader) -> str:
    return f"Needs {reason.function}, which fails: {_words(reason.problem, reader)}"


@_words.register
def _(reason: NotRefused, _reader: Reader) -> str:
    instead = f"it raises {reason.raised}" if reason.raised else "it returns as if nothing were wrong"
    return f"{reason.argument} must raise {reason.error}; {instead}."


@_words.register
def _(reason: BrokenProperty, _reader: Reader) -> str:
    return reason.sentence


@_words.register
def _(reason: BadShape, reader: Reader) -> str:
    place = "" if reason.item is None else f" (item {reason.item} of the list)"
    actual = f"shape {reason.actual}" if reader.shown or _is_plain(reason) else "another shape"
    return f"{reason.output}{_at(reason.label)}{place} has {actual}, expected {reason.expected}."


def _is_plain(reason: BadShape) -> bool:
    """Say whether a shape is made of numbers that are told anyway: others could carry what nobody is to read."""
    told = {1, *reason.expected, *map(int, re.findall(r"\d+", reason.label))}
    return len(reason.actual) <= len(reason.expected) + 1 and set(reason.actual) <= told


@_words.register
def _(reason: BadCount, reader: Reader) -> str:
    more = "more" if reason.actual > reason.expected else "fewer"
    actual = (
        f"{reason.actual} items, expected {reason.expected}" if reader.shown else f"{more} than {reason.expected} items"
    )
    return f"{reason.output}{_at(reason.label)} has {actual}."


@_words.register
def _(reason: NotFinite, _reader: Reader) -> str:
    place = _place(reason.count, reason.size, reason.index)
    return f"{reason.output}{_at(reason.label)} is not finite{place}: {reason.value}, expected a number."


@_words.register
def _(reason: RaisedError, reader: Reader) -> str:
    fact = f"{reason.name}: {reason.text}".removesuffix(": ") if reader.shown else reason.known
    shown = reason.lines if reader.shown else _innermost(reason.lines)
    lines = [_line(line, reader) for line in shown]
    if not lines and reason.known == "TypeError":
        lines = ["  The call itself failed: compare the function's arguments, their names and order, with the stub's."]
    if reason.known == "ModuleNotFoundError":
        lines.append("  Only NumPy and the standard library can be imported.")
    return "\n".join([f"{reason.function}{_at(reason.label)} raises {fact}", *lines])


@_words.register
def _(reason: BadForm, reader: Reader) -> str:
    problem = reason.malformed.problem
    found = reason.malformed.found if reader.shown else UNSAID.get(problem, "something else")
    name = f"{reason.output}{_at(reason.label)}"
    if problem == "nothing":
        return f"{name} is None: is a `return` missing? Expected: {reason.expected}."
    if problem == "count":
        return f"{found} came back where {reason.expected} is expected{_at(reason.label)}."
    if problem == "keys":
        actual = f"the dict has the keys {found}; it" if reader.shown else "the dict has other keys; it"
        return f"{name}: {actual} must have exactly {reason.expected}."
    if problem == "huge":
        return f"{name} is {found}: far more than the answer holds."
    wanted = {"mapping": "a dict", "list": "a list of arrays"}.get(problem, "numbers")
    return f"{name} is {found}, expected {wanted}."


@_words.register
def _(reason: BadDistribution, reader: Reader) -> str:
    if not reader.shown:
        return f"{reason.what}: the {reason.statistic} is not what the distribution asks for."
    low, high = f"{reason.low:.4g}", f"{reason.high:.4g}"
    allowed = f"at least {low}" if high == "inf" else f"at most {high}" if low == "-inf" else f"{low} to {high}"
    return f"{reason.what}: the {reason.statistic} is {reason.actual:.4g}, allowed is {allowed}."


@_words.register
def _(reason: BadValues, reader: Reader) -> str:
    place = _place(reason.count, reason.size, reason.index)
    if not reader.shown:
        return f"{reason.what} is not right{place}."
    values = f"{reason.actual:.6g} instead of {reason.expected:.6g}"
    return f"{reason.what} is not right{place}: {values} ({reason.allowed:.1g} off would be allowed)."


def _innermost(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the last line that says something: more of them, or blank ones, could spell out what is hidden."""
    return tuple(line for line in lines if line.source and not line.source.startswith("#"))[-1:]


def _line(line: Line, reader: Reader) -> str:
    """Say where a line of the student's own stands; one that can't be compiled is in no function."""
    cell = f"{line.cell}, " if line.cell else ""
    function = f", in {line.function}" if line.function and reader.shown else ""
    return f"  {cell}line {line.number}{function}: {line.source}"


def _place(count: int, size: int, index: tuple[int, ...]) -> str:
    if not index:
        return ""
    where = index[0] if len(index) == 1 else index
    if count == 1:
        return f" in one of {size} elements, at {where}" if size > 1 else f" at {where}"
    share = f"all {size}" if count == size else f"{count} of {size}"
    return f" in {share} elements, most at {where}"


def _at(label: str) -> str:
    return f" ({label})" if label else ""
