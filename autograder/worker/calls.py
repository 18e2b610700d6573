"""Make the calls of a check, one after the other, in a namespace of functions, and turn their results into plain data.

The same code runs in a confined worker, for a submission, and in the grader's own process, for references,
misconceptions and a student's own check where there are no processes. Calls and their outcomes are data. Remains of a
check (generators, handles) are dropped when the next check begins.

A result may have any form (lists, tuples, scalars, any real dtype), but its substance must be right: a value that is
not a number, or has a wrong number of parts or wrong keys, becomes a `Malformed` that says what it is instead. Handles
stay in the worker.

Student code begins with the settings of a new interpreter (`PLAIN`) for floating-point errors and warnings, and keeps
what its own file sets while it is imported, as at home. Settings made in a call end with the call. Warnings are not
shown, since their text differs from machine to machine.
"""

from __future__ import annotations

import numbers
import random
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from warnings import catch_warnings

import numpy as np

from autograder import wire

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
    if not isinstance(value, bool | int | float | str | None):
        return True
    if type(argument) is not type(value):
        return False
    return argument == value or (argument != argument and value != value)  # noqa: PLR0124  # only a NaN is unlike itself


# ---- what a function returned, as data


def take_apart(result: object, returns: wire.Returns, room: int) -> tuple[dict[str, wire.Received], dict[str, object]]:
    """Return the results for the grader by output name, and the handles that stay here by part name.

    Arrays that together take more than `room` bytes are only described, since the reference's take less.
    """
    values = _split(result, returns)
    if isinstance(values, wire.Malformed):
        return {name: values for part in returns.parts for name in part.names()}, {}
    sent: dict[str, wire.Received] = {}
    handles: dict[str, object] = {}
    for part, value in zip(returns.parts, values, strict=True):
        if part.kind == "handle":
            handles[part.name] = value
        elif part.kind == "list":
            sent[part.name] = _convert_list(value, room)
        elif part.kind == "tuples":
            sent.update(_convert_tuples(part, value, room))
        elif part.kind == "word":
            sent[part.name] = _convert_word(part, value)
        elif part.kind == "mapping":
            sent.update(_convert_mapping(part, value, room))
        else:
            sent[part.name] = _convert_array(value, room)
    if sum(map(_size, sent.values())) > room:
        return dict.fromkeys(sent, wire.Malformed("huge", "a result of too many numbers")), handles
    return sent, handles


def _size(received: wire.Received) -> int:
    """Return about how many bytes a value takes when it is sent."""
    if isinstance(received, wire.Malformed):
        return 0
    arrays = received.items if isinstance(received, wire.Arrays) else (received,)
    return sum(len(array.data) + wire.ARRAY_HEAD for array in arrays)


def _split(result: object, returns: wire.Returns) -> list[object] | wire.Malformed:
    if not returns.several:
        return [result]
    if isinstance(result, tuple | list) or (
        isinstance(result, np.ndarray) and result.ndim and all(part.kind == "array" for part in returns.parts)
    ):
        if len(result) == len(returns.parts):
            return list(result)
        return wire.Malformed("count", f"{len(result)} value{'s' * (len(result) != 1)}")
    return wire.Malformed("count", describe(result))


def _convert_array(value: object, room: int) -> wire.Received:
    array = to_array(value, room)
    return array if isinstance(array, wire.Malformed) else wire.pack(array)


def _convert_mapping(part: wire.Part, value: object, room: int) -> dict[str, wire.Received]:
    if not isinstance(value, Mapping):
        return dict.fromkeys(part.names(), wire.Malformed("mapping", describe(value)))
    if set(value) != set(part.keys):
        found = ", ".join(repr(key)[: wire.MAX_NAME] for key in list(value)[:8])
        return dict.fromkeys(part.names(), wire.Malformed("keys", found))
    return {name: _convert_array(value[key], room) for name, key in zip(part.names(), part.keys, strict=True)}


def _convert_list(value: object, room: int) -> wire.Arrays | wire.Malformed:
    if isinstance(value, str | bytes | Mapping) or not hasattr(value, "__iter__"):
        return wire.Malformed("list", describe(value))
    items, taken = [], 0
    for item in value:
        array = to_array(item, room)
        if isinstance(array, wire.Malformed):
            return array
        items.append(wire.pack(array))
        taken += array.nbytes + wire.ARRAY_HEAD
        if taken > room or len(items) > wire.MAX_ITEMS:
            return wire.Malformed("huge", f"a list of more than {len(items) - 1} items")
    return wire.Arrays(tuple(items))


def _convert_tuples(part: wire.Part, value: object, room: int) -> dict[str, wire.Received]:
    """Return, for each name in the tuples, the list of its values over all tuples."""
    if isinstance(value, str | bytes | Mapping) or not hasattr(value, "__iter__"):
        return dict.fromkeys(part.names(), wire.Malformed("list", describe(value)))
    rows = []
    for item in value:
        is_sequence = isinstance(item, tuple | list) or (isinstance(item, np.ndarray) and item.ndim > 0)
        if not is_sequence or len(item) != len(part.keys):
            return dict.fromkeys(part.names(), wire.Malformed("count", describe(item)))
        rows.append(item)
        if len(rows) > wire.MAX_ITEMS:
            return dict.fromkeys(part.names(), wire.Malformed("huge", f"a list of more than {wire.MAX_ITEMS} items"))
    return {name: _convert_list([row[place] for row in rows], room) for place, name in enumerate(part.names())}


def _convert_word(part: wire.Part, value: object) -> wire.Received:
    """Return the number of a word among the possible ones."""
    text = value.item() if isinstance(value, np.ndarray | np.generic) and value.ndim == 0 else value
    if not isinstance(text, str):
        return wire.Malformed("word", describe(text))
    if text not in part.keys:
        return wire.Malformed("word", repr(str(text))[: wire.MAX_NAME])
    return wire.pack(np.array(part.keys.index(text)))


def to_array(value: object, room: int) -> np.ndarray | wire.Malformed:
    """Convert to an array of a dtype that can be sent, as `np.asarray` does, or say why that is impossible.

    One that takes more than `room` bytes is too large.
    """
    if value is None:
        return wire.Malformed("nothing", "None")
    try:
        array = np.asarray(value)
    except ValueError:
        return wire.Malformed("ragged", describe(value))
    if array.nbytes > room or array.ndim > wire.MAX_DIMENSIONS:
        return wire.Malformed("huge", f"an array of shape {array.shape}")
    if wire.name_of(array.dtype) in wire.DTYPES:
        return array
    if array.dtype.kind == "f":  # longer than float64
        return array.astype(np.float64)
    if array.dtype.kind == "O":
        return _numbers_in(array)
    if array.dtype.kind == "c":
        return wire.Malformed("complex", f"complex numbers of shape {array.shape}")
    return wire.Malformed("text" if array.dtype.kind in "US" else "object", describe(value))


def _numbers_in(array: np.ndarray) -> np.ndarray | wire.Malformed:
    for item in array.flat:
        plain = item.item() if isinstance(item, np.ndarray) and item.ndim == 0 else item
        if not isinstance(plain, numbers.Real | np.bool_ | Decimal):
            return wire.Malformed("object", f"an array of objects, among them {describe(item)}")
    return array.astype(np.float64)


def describe(value: object) -> str:
    """Name a value by its type, with the shape of an array or the length of a sequence."""
    name = type(value).__name__[: wire.MAX_NAME]
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype.name[: wire.MAX_NAME]} and shape {value.shape[: wire.MAX_DIMENSIONS]}"
    if isinstance(value, tuple | list | dict):
        return f"a {name} of {len(value)} item{'s' * (len(value) != 1)}"
    return f"a value of type {name}"


# ---- how NumPy treats floating-point errors, and Python warnings


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """NumPy's error state, and the filters of warnings in their order."""

    errors: Mapping[str, Any]
    filters: tuple[Any, ...]

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Apply these settings in a block."""
        with np.errstate(**self.errors), warnings.catch_warnings():
            warnings.filters[:] = self.filters  # type: ignore[index]  # a list, which typeshed makes read-only
            warnings.showwarning = _forget
            yield


def current_settings() -> Settings:
    """Return the current settings."""
    return Settings(errors=np.geterr(), filters=tuple(warnings.filters))


def _forget(*_args: object, **_options: object) -> None:
    """Drop a warning."""


def _filter(action: str, category: type[Warning], module: str | None = None) -> tuple[Any, ...]:
    return (action, None, category, module, 0)


# From NumPy's and Python's documentation: numpy.seterr, and "Default Warning Filter" of the module `warnings`.
PLAIN = Settings(
    errors={"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"},
    filters=(
        _filter("default", DeprecationWarning, "__main__"),
        _filter("ignore", DeprecationWarning),
        _filter("ignore", PendingDeprecationWarning),
        _filter("ignore", ImportWarning),
        _filter("ignore", ResourceWarning),
    ),
)
SILENT = Settings(
    errors={"divide": "ignore", "over": "ignore", "under": "ignore", "invalid": "ignore"},
    filters=(_filter("ignore", Warning),),
)
