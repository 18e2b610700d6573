"""Asking: calls of a student's functions that are written down instead of made, and the symbols they return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np

from autograder.array import pack
from autograder.ask.draw import Laid
from autograder.ask.symbol import Symbol, as_formula
from autograder.formula import Apply, Argument, Item, Output
from autograder.script import Call, Function, Generator, Numbers, Part, Returns, Script, Value, entry
from autograder.script import Mapping as ScriptMapping


class Entries:
    """A returned dict: `entries["mean"]` is a symbol, and the whole can be handed on."""

    def __init__(self, call: int, part: Part) -> None:
        self.whole = Output(call, part.name)
        self._symbols = {key: Symbol(Output(call, entry(part.name, key))) for key in part.keys}

    def __getitem__(self, key: str) -> Symbol:
        return self._symbols[key]


class Asked(Protocol):
    """One of the student's functions, to be asked; what it gives back is taken apart as the suite says."""

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Write a call down and return its symbols."""


class Asking:
    """Writes a script: every function of the suite is an attribute."""

    def __init__(self, functions: Mapping[str, Returns]) -> None:
        self._functions = functions
        self._calls: list[Call] = []
        self._oracles: list[Oracle] = []
        self._label = ""

    def __getattr__(self, name: str) -> Asked:
        if name not in self._functions:
            raise AttributeError(f"the suite has no function {name!r}; it has {', '.join(self._functions)}")

        def asked(*args: object, **kwargs: object) -> Any:
            return self._write_down(name, args, kwargs)

        return asked

    def at(self, label: str) -> Asking:
        """Label the calls that follow ("step 3"), for the reader of a message."""
        self._label = label
        return self

    def script(self) -> Script:
        """Return what was asked."""
        return Script(tuple(self._calls))

    def _write_down(self, function: str, args: tuple[object, ...], kwargs: dict[str, object]) -> Any:
        number, shape = len(self._calls), self._functions[function]
        named = {name: _to_value(value, self._oracles) for name, value in kwargs.items()}
        placed = tuple(_to_value(value, self._oracles) for value in args)
        self._calls.append(Call(function, placed, named, shape, self._label))
        symbols = tuple(
            Entries(number, part) if part.kind == "mapping" else Symbol(Output(number, part.name))
            for part in shape.parts
        )
        return symbols if shape.several else symbols[0]


class Oracle:
    """A function that a student's function can call: a formula of the point asked and of the number of calls before."""

    def __init__(self, body: Callable[[Symbol, Symbol], object]) -> None:
        self.formula = as_formula(body(Symbol(Argument("point")), Symbol(Argument("number"))))


def _to_value(value: object, oracles: list[Oracle]) -> Value:
    """Turn an argument into data; an oracle is named by when it was first met."""
    if isinstance(value, dict):
        return ScriptMapping({key: _to_value(item, oracles) for key, item in value.items()})
    if isinstance(value, Oracle):
        if value not in oracles:
            oracles.append(value)
        return Function(f"oracle {oracles.index(value)}", value.formula)
    if isinstance(value, Entries):
        return value.whole
    if isinstance(value, Symbol) and isinstance(value.formula, Output | Apply | Item):
        return value.formula
    return _to_data(value)


def _to_data(value: object) -> Value:
    if isinstance(value, Laid):
        return pack(value.values, value.layout)
    if isinstance(value, np.ndarray):
        return pack(value)
    if isinstance(value, list):
        return Numbers(tuple(np.asarray(value).tolist()))
    if isinstance(value, np.generic):
        return _to_data(value.item())
    if value is None or isinstance(value, bool | int | float | str | Generator):
        return value
    raise TypeError(f"an argument of type {type(value).__name__} can't be written into a script")
