"""Put findings into words: fact, expected, place, allowed. Explaining never changes a verdict.

Of a hidden check a student reads what kind of failure it is and where, never an input, an expected value, or anything
that the student's code could have printed an input into.
"""

from __future__ import annotations

from autograder.book import Visibility
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

MAX_LINES = 8
MAX_WIDTH = 400
STOPPED = {
    "timeout": "took longer than is allowed: is there a loop that does not end?",
    "memory": "needs more memory than is allowed",
    "crash": "ended the whole process (os._exit, a crash inside a library, or recursion without end)",
    "protocol": "interfered with the grader's connection",
}


def explain(verdict: Verdict, visibility: Visibility, signature: str) -> str:
    """Return the message of a check's record; empty for a check that was simply passed."""
    if verdict.reason is None:
        return _carried(verdict.mend)
    return plain(_explain(verdict.reason, shown=visibility == "public", signature=signature))


def plain(text: str) -> str:
    """Keep at most eight lines of bounded length, and no character that could steer a terminal."""
    lines = ["".join(sign if sign.isprintable() else "?" for sign in line) for line in text.split("\n")]
    return "\n".join(line if len(line) <= MAX_WIDTH else line[:MAX_WIDTH] + " ..." for line in lines[:MAX_LINES])


def _carried(mend: tuple[str, ...]) -> str:
    if not mend:
        return ""
    names = " and ".join(mend)
    return f"Right for what your own {names} returns, which is not right itself: mend {names}."


def _explain(reason: Reason, *, shown: bool, signature: str) -> str:  # noqa: PLR0911  # one line for each kind of finding
    match reason:
        case Undefined(function=function, found=""):
            return f"{function} is not defined in the file. Expected: def {signature}"
        case Undefined(function=function, found=found):
            return f"{function} is {found}, not a function. Expected: def {signature}"
        case NotWritten(function=function):
            return f"{function} is not written yet (it raises NotImplementedError)."
        case RaisedError():
            return _raised(reason, shown=shown)
        case Stopped(kind=kind):
            return f"The call {STOPPED[kind]}."
        case Needs(function=function, problem=problem):
            return f"Needs {function}, which fails: " + _explain(problem, shown=shown, signature=signature)
        case NotRefused(argument=argument, error=error, raised=raised):
            instead = f"it raises {raised}" if raised else "it returns as if nothing were wrong"
            return f"{argument} must raise {error}; {instead}."
        case BrokenProperty(sentence=sentence):
            return sentence
        case BadDistribution():
            return _distribution(reason, shown=shown)
        case BadForm():
            return _form(reason)
        case BadShape(actual=actual, expected=expected, item=item):
            place = "" if item is None else f" (item {item} of the list)"
            return f"{_named(reason.output, reason.label)}{place} has shape {actual}, expected {expected}."
        case BadCount(actual=count, expected=expected):
            return f"{_named(reason.output, reason.label)} has {count} items, expected {expected}."
        case NotFinite(value=value):
            place = _place(reason.count, reason.size, reason.index)
            return f"{_named(reason.output, reason.label)} is not finite{place}: {value}, expected a number."
        case BadValues():
            return _values(reason, shown=shown)


def _raised(reason: RaisedError, *, shown: bool) -> str:
    fact = f"{reason.name}: {reason.text}".removesuffix(": ") if shown else f"raises {reason.known}"
    label = f" ({reason.label})" if reason.label else ""
    lines = [f"  line {line.number}, in {line.function}: {line.source}" for line in reason.lines]
    if not lines and reason.known == "TypeError":
        lines = ["  The call itself failed: compare the function's arguments, their names and order, with the stub's."]
    return "\n".join([f"{reason.function}{label} {'raises ' if shown else ''}{fact}", *lines])


def _form(reason: BadForm) -> str:
    found, problem = reason.malformed.found, reason.malformed.problem
    name = _named(reason.output, reason.label)
    if problem == "nothing":
        return f"{name} is None: is a `return` missing? Expected: {reason.expected}."
    if problem == "count":
        return f"{found} came back where {reason.expected} is expected{_at(reason.label)}."
    if problem == "keys":
        return f"{name}: the dict has the keys {found}; it must have exactly the ones that it came with."
    if problem == "huge":
        return f"{name} is {found}: far more than the answer holds."
    wanted = {"mapping": "a dict", "list": "a list of arrays"}.get(problem, "numbers")
    return f"{name} is {found}, expected {wanted}."


def _distribution(reason: BadDistribution, *, shown: bool) -> str:
    if not shown:
        return f"{reason.what}: the {reason.statistic} is not what the distribution asks for."
    low, high = f"{reason.low:.4g}", f"{reason.high:.4g}"
    allowed = f"at least {low}" if high == "inf" else f"at most {high}" if low == "-inf" else f"{low} to {high}"
    return f"{reason.what}: the {reason.statistic} is {reason.actual:.4g}, allowed is {allowed}."


def _values(reason: BadValues, *, shown: bool) -> str:
    place = _place(reason.count, reason.size, reason.index)
    if not shown:
        return f"{reason.what} is not right{place}."
    values = f"{reason.actual:.6g} instead of {reason.expected:.6g}"
    return f"{reason.what} is not right{place}: {values} ({reason.allowed:.1g} off would be allowed)."


def _place(count: int, size: int, index: tuple[int, ...]) -> str:
    if not index:
        return ""
    where = index[0] if len(index) == 1 else index
    if count == 1:
        return f" in one of {size} elements, at {where}" if size > 1 else f" at {where}"
    share = f"all {size}" if count == size else f"{count} of {size}"
    return f" in {share} elements, most at {where}"


def _named(output: str, label: str) -> str:
    return f"{output}{_at(label)}"


def _at(label: str) -> str:
    return f" ({label})" if label else ""
