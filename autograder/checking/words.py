"""Put verdicts into words: fact, expected, place, tolerance. Words never change a verdict.

For a hidden check, a student reads the kind of failure and the place, never an input, an expected value, or anything
into which the student's code could have put an input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import singledispatch

from autograder.checking import failures
from autograder.checking.blame import Verdict
from autograder.printable import printable
from autograder.results import Visibility
from autograder.wire import SourceLine

MAX_LINES = 8
MAX_WIDTH = 400
STOPPED = {
    "timeout": "took longer than is allowed (perhaps a loop does not end)",
    "memory": "needs more memory than is allowed",
    "crash": "ended the whole process (os._exit, a crash inside a library, or recursion without end)",
    "protocol": "interfered with the grader's connection to it",
}


def explain(verdict: Verdict, function: str, visibility: Visibility, signature: str) -> str:
    """Return the message of a check's record; empty for a check that was simply passed."""
    first = verdict.fix_first
    if verdict.status == "passed" and first:
        if first == function:
            return f"Correct for what the rest of your own {function} gives; fix that."
        if verdict.repeats:
            return f"Correct for your own {first}, whose mistake {function} repeats: both have to change."
        return (
            f"Follows from your own {first}; fix that one. Where {function} computes the same thing again instead of "
            "taking it from there, both have to change."
        )
    if verdict.failure is None:
        return ""
    words = _words(verdict.failure, _Reader(shown=visibility == "public", signature=signature))
    if verdict.status == "skipped":
        words = f"Skipped: fix {first} first, which this check needs.\n{words}"
    elif verdict.function != function:
        words = f"This check needs {verdict.function}. {words}"
    return plain(words)


def plain(text: str) -> str:
    """Keep at most eight lines of bounded length, and no character that could steer a terminal."""
    lines = [printable(line) for line in text.split("\n")]
    return "\n".join(line if len(line) <= MAX_WIDTH else line[:MAX_WIDTH] + " ..." for line in lines[:MAX_LINES])


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reader:
    """The reader of a message: values are `shown` for public checks only."""

    shown: bool
    signature: str


# Used instead of a student's own words if a check is hidden, since those could contain its inputs.
REDACTED = {
    "count": "Another number of values",
    "huge": "too much",
    "complex": "complex",
    "text": "text",
    "ragged": "a ragged list",
}


@singledispatch
def _words(failure: failures.Failure, reader: _Reader) -> str:
    """Put one kind of failure into words."""
    raise TypeError(f"no words for {failure!r} (reader: {reader})")


@_words.register
def _(failure: failures.Undefined, reader: _Reader) -> str:
    found = failure.found if reader.shown else "something else"
    fact = f"is {found}, not a function" if failure.found else "is not defined in the file"
    return f"{failure.function} {fact}. Expected: def {reader.signature}"


@_words.register
def _(failure: failures.NotWritten, _reader: _Reader) -> str:
    return f"{failure.function} is not written yet (it raises NotImplementedError)."


@_words.register
def _(failure: failures.Stopped, _reader: _Reader) -> str:
    return f"The call of {failure.function} {STOPPED[failure.kind]}."


@_words.register
def _(failure: failures.NotRefused, _reader: _Reader) -> str:
    instead = f"it raises {failure.raised}" if failure.raised else "it returns as if nothing were wrong"
    return f"{failure.argument} must raise {failure.error}; {instead}."


@_words.register
def _(failure: failures.BrokenProperty, _reader: _Reader) -> str:
    return failure.sentence


@_words.register
def _(failure: failures.WrongShape, reader: _Reader) -> str:
    place = "" if failure.item is None else f" (item {failure.item} of the list)"
    actual = f"shape {failure.actual}" if reader.shown or _is_plain(failure) else "another shape"
    return f"{failure.output}{_at(failure.label)}{place} has {actual}, expected {failure.expected}."


def _is_plain(failure: failures.WrongShape) -> bool:
    """Say whether a shape consists of numbers that are known anyway: others could carry hidden information."""
    told = {1, *failure.expected, *map(int, re.findall(r"\d+", failure.label))}
    return len(failure.actual) <= len(failure.expected) + 1 and set(failure.actual) <= told


@_words.register
def _(failure: failures.WrongCount, reader: _Reader) -> str:
    more = "more" if failure.actual > failure.expected else "fewer"
    told = f"{failure.actual} item{'s' * (failure.actual != 1)}, expected {failure.expected}" if reader.shown else ""
    return f"{failure.output}{_at(failure.label)}: {told or f'{more} items than the {failure.expected} expected'}."


@_words.register
def _(failure: failures.NotFinite, reader: _Reader) -> str:
    name = f"{failure.output}{_at(failure.label)}"
    given = " and ".join(f"{argument} is {value:.6g}" for argument, value in failure.given) if reader.shown else ""
    if not failure.index:
        return f"{name} is {failure.value}, expected a number{f'; {given}' * bool(given)}."
    verb = "is" if failure.count == 1 else "are"
    where = f", where {given}," if given else ","
    return (
        f"{name}: {failure.count} of {failure.size} elements {verb} not finite; the first, at {_index(failure.index)}"
        f"{where} is {failure.value}, expected a number."
    )


@_words.register
def _(failure: failures.RaisedError, reader: _Reader) -> str:
    fact = f"{failure.name}: {failure.text}".removesuffix(": ") if reader.shown else failure.known
    shown = failure.lines if reader.shown else _innermost(failure.lines)
    lines = [_line(line, reader) for line in shown]
    if not lines and failure.known == "TypeError":
        lines = ["  The call itself failed: compare the function's arguments, their names and order, with the stub's."]
    if failure.known == "ModuleNotFoundError":
        lines.append("  Only NumPy and the standard library can be imported.")
    return "\n".join([f"{failure.function}{_at(failure.label)} raises {fact}", *lines])


@_words.register
def _(failure: failures.WrongForm, reader: _Reader) -> str:
    problem = failure.malformed.problem
    found = failure.malformed.found if reader.shown else REDACTED.get(problem, "something else")
    name = f"{failure.output}{_at(failure.label)}"
    if problem == "nothing":
        return f"{name} is None: is a `return` missing? Expected: {failure.expected}."
    if problem == "count":
        return f"{found} came back where {failure.expected} is expected{_at(failure.label)}."
    if problem == "keys":
        actual = f"the dict has the keys {found}; it" if reader.shown else "the dict has other keys; it"
        return f"{name}: {actual} must have exactly {failure.expected}."
    if problem == "word":
        return f"{name} is {found}, expected one of {failure.expected}."
    if problem == "huge":
        return f"{name} is {found}: far more than the answer holds."
    wanted = {"mapping": "a dict", "list": "a list of arrays"}.get(problem, "numbers")
    return f"{name} is {found}, expected {wanted}."


@_words.register
def _(failure: failures.WrongDistribution, reader: _Reader) -> str:
    instead = f" It is that of {failure.instead}." if failure.instead else ""
    if not reader.shown:
        return f"{failure.what}: the {failure.statistic} is not what the distribution asks for.{instead}"
    low, high = f"{failure.low:.4g}", f"{failure.high:.4g}"
    allowed = f"at least {low}" if high == "inf" else f"at most {high}" if low == "-inf" else f"{low} to {high}"
    return f"{failure.what}: the {failure.statistic} is {failure.actual:.4g}, expected {allowed}.{instead}"


@_words.register
def _(failure: failures.WrongValues, reader: _Reader) -> str:
    values = f"got {failure.actual:.6g}, expected {failure.expected:.6g}"
    if not failure.whole:
        values += f" (tolerance {failure.tolerance:.1g})"
    if not failure.index:
        return f"{failure.what}: {values if reader.shown else 'not the expected value'}."
    if failure.size == 1:
        return f"{failure.what} at {_index(failure.index)}: {values if reader.shown else 'not the expected value'}."
    place = f"{'worst ' if failure.count > 1 else ''}at {_index(failure.index)}"
    fact = f"{failure.what}: {failure.count} of {failure.size} elements differ{'s' * (failure.count == 1)}; {place}"
    return f"{fact}: {values}." if reader.shown else f"{fact}."


def _index(index: tuple[int, ...]) -> str:
    return str(index[0] if len(index) == 1 else index)


def _innermost(lines: tuple[SourceLine, ...]) -> tuple[SourceLine, ...]:
    """Return the last line that is not blank: more lines, or blank ones, could encode hidden information."""
    return tuple(line for line in lines if line.source and not line.source.startswith("#"))[-1:]


def _line(line: SourceLine, reader: _Reader) -> str:
    """Return the place of one of the student's own lines; a line that can't be compiled is in no function."""
    cell = f"{line.cell}, " if line.cell else ""
    function = f", in {line.function}" if line.function and reader.shown else ""
    return f"  {cell}line {line.number}{function}: {line.source}"


def _at(label: str) -> str:
    return f" ({label})" if label else ""
