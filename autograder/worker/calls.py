"""Make the calls of a check, one after the other, in a namespace of functions.

The same code runs in a confined worker, for a submission, and in the grader's own process, for references,
misconceptions and a student's own check where there are no processes. Calls and their outcomes are data. Remains of a
check (generators, handles) are dropped when the next check begins.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any
from warnings import catch_warnings

import numpy as np

from autograder import wire
from autograder.worker.convert import describe, take_apart, to_array

Texts = Mapping[str, str]  # the text of a file or a cell by its label, which is its file name in Python
Ask = Callable[[wire.Question], wire.Answer]
DATA = frozenset({wire.Array, wire.Items, wire.Mapping})


class Caller:
    """Makes calls in `namespace()`, which is requested once in each check; `ask` answers callbacks."""

    def __init__(self, namespace: Callable[[], Mapping[str, object]], texts: Texts, ask: Ask) -> None:
        self._namespace = namespace
        self._texts = texts
        self._ask = ask
        self._check: int | None = None
        self._room = 0  # bytes that may be sent in answer to the call

    def make(self, call: wire.Call) -> wire.Outcome:
        """Make one call; an exception of the student's code becomes part of the outcome."""
        if call.check != self._check:
            self._check = call.check
            self._functions = self._namespace()
            self._generators: dict[str, np.random.Generator] = {}
            self._handles: dict[tuple[int, str], object] = {}
        function = self._functions.get(call.function)
        if not callable(function):
            return wire.Absent("" if function is None else describe(function))
        self._room = call.room
        args = [self._build(value) for value in call.args]
        kwargs = {name: self._build(value) for name, value in call.kwargs.items()}
        given = {str(place): (value, args[place]) for place, value in enumerate(call.args) if type(value) in DATA}
        given |= {name: (value, kwargs[name]) for name, value in call.kwargs.items() if type(value) in DATA}
        if any(isinstance(value, np.random.Generator) for value in (*args, *kwargs.values())):
            seed_globally(call.number)
        try:
            with np.errstate(), catch_warnings():  # settings that a call makes for the whole process end with it
                sent, handles = take_apart(function(*args, **kwargs), call.returns, call.room)
            changed = tuple(name for name, (value, argument) in given.items() if not _is_unchanged(value, argument))
        except BaseException as error:  # noqa: BLE001  # a submission may raise anything, SystemExit included
            return explain(error, self._texts)
        for name, value in handles.items():
            self._handles[call.number, name] = value
        return wire.Returned(sent, changed)

    def _build(self, value: wire.Value) -> Any:
        """Build one argument again for each call, so that no call can change another one's arguments."""
        if isinstance(value, wire.Array):
            return wire.writable(value)
        if isinstance(value, wire.Handle):
            return self._handles[value.call, value.name]
        if isinstance(value, wire.Mapping):
            return {key: self._build(item) for key, item in value.items.items()}
        if isinstance(value, wire.Items):
            return [self._build(item) for item in value.items]
        if isinstance(value, wire.Generator):
            return self._generators.setdefault(value.name, np.random.default_rng(value.seed))
        return self._function(value) if isinstance(value, wire.Callback) else value

    def _function(self, callback: wire.Callback) -> Callable[[object], np.ndarray]:
        ask = self._ask

        def function(point: object) -> np.ndarray:
            array = to_array(point, self._room)
            answer = ask(wire.Question(callback.name, array if isinstance(array, wire.Malformed) else wire.pack(array)))
            if answer.value is None:
                raise ValueError(answer.error)
            return np.array(wire.unpack(answer.value))

        return function


def explain(error: BaseException, texts: Texts) -> wire.Raised:
    """Turn an exception into data: its class's ancestry, its text, the student's own lines."""
    ancestry = tuple(ancestor.__name__[: wire.MAX_NAME] for ancestor in type(error).__mro__[: wire.MAX_ANCESTRY])
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)[: wire.MAX_TEXT]
        text = text.encode("utf-8", "replace").decode()  # half a character can't be sent
    except BaseException:  # noqa: BLE001  # the exception's own __str__ is the student's
        text = ""
    return wire.Raised(ancestry, text, student_lines(error, texts))


def student_lines(error: BaseException, texts: Texts) -> tuple[wire.SourceLine, ...]:
    """Return the last few traceback lines in the student's own file or cells, the innermost last."""
    lines = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename in texts and step.tb_lineno is not None:
            lines.append(_line(texts, code.co_filename, step.tb_lineno, code.co_name))
        step = step.tb_next
    if isinstance(error, SyntaxError) and error.filename and error.filename in texts and isinstance(error.lineno, int):
        lines.append(_line(texts, error.filename, error.lineno, ""))
    return tuple(lines[-wire.MAX_LINES :])


def _line(texts: Texts, label: str, number: int, function: str) -> wire.SourceLine:
    written = texts[label].split("\n")  # Python counts no other line ends
    text = written[number - 1].strip() if 0 < number <= len(written) else ""
    return wire.SourceLine(number, function[: wire.MAX_NAME], text[:120], "" if label.endswith(".py") else label)


def seed_globally(number: int) -> None:
    """Seed global random states, so that two calls that use them differ, even with equal generators."""
    random.seed(number)
    np.random.seed(number)  # noqa: NPY002  # NumPy's global state is the one meant here


def _is_unchanged(value: wire.Value, argument: object) -> bool:
    """Say whether an argument is still as it was sent."""
    if isinstance(value, wire.Array):
        return isinstance(argument, np.ndarray) and argument.tobytes() == value.data
    if isinstance(value, wire.Mapping):
        return (
            isinstance(argument, dict)
            and argument.keys() == value.items.keys()
            and all(_is_unchanged(item, argument[key]) for key, item in value.items.items())
        )
    if isinstance(value, wire.Items):
        return (
            isinstance(argument, list)
            and len(argument) == len(value.items)
            and all(map(_is_unchanged, value.items, argument))
        )
    plain = isinstance(value, bool | int | float | str | None)
    return not plain or (type(argument) is type(value) and argument == value)
