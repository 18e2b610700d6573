"""Run a script against a namespace of functions: a submission's in the worker, the reference's when recording."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.array import Array, writable
from autograder.formula import Apply, Argument, Formula, Item, Output, evaluate, outputs_in
from autograder.script import Call, Function, Generator, Numbers, Script, Value, entry
from autograder.script import Mapping as ScriptMapping
from autograder.trace import (
    MAX_ANCESTRY,
    MAX_LINES,
    MAX_NAME,
    MAX_TEXT,
    Absent,
    Line,
    Outcome,
    Raised,
    Returned,
    Trace,
    Unreached,
)
from autograder.worker.convert import Entries, describe, take_apart

Texts = Mapping[str, str]  # what a student wrote: the text of a file or a cell by its label, its file name in Python


class Unavailable(Exception):
    """An earlier call gave nothing to hand on."""

    def __init__(self, call: int) -> None:
        super().__init__(call)
        self.call = call


class Memory:
    """What lives as long as one script runs: generators and functions by name, and what each call gave to hand on."""

    def __init__(self) -> None:
        self.generators: dict[str, np.random.Generator] = {}
        self.functions: dict[str, Callable[[object], np.ndarray]] = {}
        self.results: list[dict[str, object]] = []

    def argument(self, value: Value) -> Any:
        """Build one argument anew, so that no call can change what another one receives."""
        if isinstance(value, Array):
            return writable(value)
        if isinstance(value, ScriptMapping):
            return {key: self.argument(item) for key, item in value.items.items()}
        if isinstance(value, Generator):
            return self.generators.setdefault(value.name, np.random.default_rng(value.seed))
        if isinstance(value, Function):
            return self.functions.setdefault(value.name, _python_function(value))
        if isinstance(value, Numbers):
            return list(value.items)
        if isinstance(value, Apply | Item):
            return self._computed(value)
        if isinstance(value, Output):
            return self._earlier(value.call, value.name)
        return value

    def data_among(self, call: Call, args: list[Any], kwargs: dict[str, Any]) -> dict[str, object]:
        """Return, by place or name, the arguments that are arrays of ours: a student's own `state` is not."""
        named = {str(place): (value, args[place]) for place, value in enumerate(call.args)}
        named |= {name: (value, kwargs[name]) for name, value in call.kwargs.items()}
        return {name: built for name, (value, built) in named.items() if self._is_data(value)}

    def _is_data(self, value: Value) -> bool:
        if isinstance(value, Output):
            return isinstance(self.results[value.call][value.name], np.ndarray | Entries)
        return isinstance(value, Array | Numbers | Apply | Item) or (
            isinstance(value, ScriptMapping) and bool(value.items)
        )

    def _computed(self, formula: Formula) -> np.ndarray:
        """Evaluate a formula of earlier results; one that these results do not fit gives nothing to hand on."""
        try:
            return np.array(evaluate(formula, self._look_up), np.float64)
        except (ValueError, IndexError, TypeError) as error:
            raise Unavailable(max(call for call, _ in outputs_in(formula))) from error

    def _look_up(self, symbol: Output | Argument) -> object:
        if isinstance(symbol, Argument):
            raise TypeError(f"an argument is computed from {symbol.name!r}; only earlier results have values")
        return self._earlier(symbol.call, symbol.name)

    def _earlier(self, call: int, name: str) -> object:
        kept = self.results[call]
        value = kept.get(name)
        if isinstance(value, Entries):
            return {key: self._earlier(call, entry(name, key)) for key in value.keys}
        if name not in kept:
            raise Unavailable(call)
        return value.copy() if isinstance(value, np.ndarray) else value


def run(script: Script, namespace: Mapping[str, object], texts: Texts) -> Trace:
    """Make the script's calls in order; whatever one raises, the next is still tried."""
    memory = Memory()
    outcomes: list[Outcome] = []
    for number, call in enumerate(script.calls):
        memory.results.append({})
        outcomes.append(_make(call, number, memory, namespace, texts))
    return Trace(tuple(outcomes))


def _make(call: Call, number: int, memory: Memory, namespace: Mapping[str, object], texts: Texts) -> Outcome:
    function = namespace.get(call.function)
    if not callable(function):
        return Absent("" if function is None else describe(function))
    try:
        args = [memory.argument(value) for value in call.args]
        kwargs = {name: memory.argument(value) for name, value in call.kwargs.items()}
    except Unavailable as missing:
        return Unreached(missing.call)
    watched = memory.data_among(call, args, kwargs)
    given = {name: _contents(value) for name, value in watched.items()}
    _calm(number, draws=any(isinstance(value, np.random.Generator) for value in (*args, *kwargs.values())))
    try:
        sent, kept = take_apart(function(*args, **kwargs), call.returns)
        left = {name: _contents(value) for name, value in watched.items()}
    except BaseException as error:  # noqa: BLE001  # a submission may raise anything, SystemExit included
        return explain(error, texts)
    memory.results[number] = kept
    return Returned(sent, tuple(name for name in given if given[name] != left[name]))


def explain(error: BaseException, texts: Texts) -> Raised:
    """Turn an exception into data: its class's ancestry, its text, the student's own lines."""
    ancestry = tuple(ancestor.__name__[:MAX_NAME] for ancestor in type(error).__mro__[:MAX_ANCESTRY])
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)[:MAX_TEXT]
        text = text.encode("utf-8", "replace").decode()  # half a character can't be sent
    except BaseException:  # noqa: BLE001  # the exception's own __str__ is the student's
        text = ""
    return Raised(ancestry, text, student_lines(error, texts))


def student_lines(error: BaseException, texts: Texts) -> tuple[Line, ...]:
    """Return the last few traceback lines that lie in the student's own file or cells, the innermost last."""
    lines = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename in texts and step.tb_lineno is not None:
            lines.append(_line(texts, code.co_filename, step.tb_lineno, code.co_name))
        step = step.tb_next
    if isinstance(error, SyntaxError) and error.filename and error.filename in texts and isinstance(error.lineno, int):
        lines.append(_line(texts, error.filename, error.lineno, ""))
    return tuple(lines[-MAX_LINES:])


def _line(texts: Texts, label: str, number: int, function: str) -> Line:
    written = texts[label].split("\n")  # Python counts no other line ends
    text = written[number - 1].strip() if 0 < number <= len(written) else ""
    return Line(number, function[:MAX_NAME], text[:120], "" if label.endswith(".py") else label)


def _calm(number: int, *, draws: bool) -> None:
    """Undo what a submission may have set for the whole process: a warning costs nothing, and global draws differ."""
    np.seterr(all="ignore")
    warnings.simplefilter("ignore")
    if draws:  # two calls that draw from global state must come out different, even with equal generators
        random.seed(number)
        np.random.seed(number)  # noqa: NPY002  # NumPy's global state is the one meant here


def _contents(value: object) -> object:
    """Return the bytes of an array, or of each array of a dict, or the text of a list."""
    if type(value) is np.ndarray:
        return value.tobytes()
    if type(value) is list:
        return repr(value)
    return {key: _contents(item) for key, item in value.items()} if type(value) is dict else None


def _python_function(value: Function) -> Callable[[object], np.ndarray]:
    calls = 0

    def function(point: object) -> np.ndarray:
        nonlocal calls
        known = {"point": np.asarray(point, np.float64), "number": np.asarray(calls)}
        calls += 1
        return np.array(evaluate(value.formula, lambda symbol: known[_name(symbol)]), np.float64)

    return function


def _name(symbol: object) -> str:
    return symbol.name if isinstance(symbol, Argument) else ""
