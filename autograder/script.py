"""Scripts: what a check asks of a submission, as data.

A script is a list of calls. An argument is plain data, a random generator, a function, what an earlier call
returned, or a formula of such results. `Returns` says how a function's result is taken apart; what it names is
converted to arrays and sent back, what is the student's own (`state`, `cache`) stays in the worker and is only
handed on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from autograder.array import Array
from autograder.formula import Apply, Formula, Item, Output, outputs_in


class Generator(msgspec.Struct, frozen=True, array_like=True, tag="generator"):
    """`np.random.default_rng(seed)`: one generator for all arguments of a script that bear the same name."""

    name: str
    seed: int


class Function(msgspec.Struct, frozen=True, array_like=True, tag="function"):
    """A function handed to the student's function: a formula of `point` and of `number`, the calls made so far."""

    name: str
    formula: Formula


class Mapping(msgspec.Struct, frozen=True, array_like=True, tag="mapping"):
    """A dict with text keys."""

    items: dict[str, Value]


class Numbers(msgspec.Struct, frozen=True, array_like=True, tag="numbers"):
    """A list of Python numbers."""

    items: tuple[int | float, ...]


Value = None | bool | int | float | str | Array | Generator | Function | Mapping | Numbers | Output | Apply | Item


class Part(msgspec.Struct, frozen=True, array_like=True):
    """One of the values that a function returns."""

    name: str
    kind: Literal["array", "mapping", "list", "opaque"] = "array"
    keys: tuple[str, ...] = ()  # of a mapping

    def names(self) -> tuple[str, ...]:
        """Return the names of the outputs that this part is sent back as."""
        if self.kind == "mapping":
            return tuple(entry(self.name, key) for key in self.keys)
        return () if self.kind == "opaque" else (self.name,)


class Returns(msgspec.Struct, frozen=True, array_like=True):
    """How a result is taken apart: `several` parts come as a tuple, otherwise the result is the only part."""

    parts: tuple[Part, ...]
    several: bool


class Call(msgspec.Struct, frozen=True, array_like=True):
    """One call of one of the student's functions; `label` tells a reader which one it is ("step 3")."""

    function: str
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    returns: Returns
    label: str = ""


class Script(msgspec.Struct, frozen=True, array_like=True):
    """The calls of one check, in order."""

    calls: tuple[Call, ...]


def entry(mapping: str, key: str) -> str:
    """Return the name of one entry of a mapping, as a student would write it."""
    return f'{mapping}["{key}"]'


def calls_behind(script: Script, numbers: Iterable[int]) -> tuple[int, ...]:
    """Return some calls, and all that these are handed results of, directly or by others."""
    waiting = list(numbers)
    found: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            call = script.calls[number]
            for value in (*call.args, *call.kwargs.values()):
                waiting += _handed_on(value)
    return tuple(sorted(found))


def _handed_on(value: Value) -> list[int]:
    if isinstance(value, Output | Apply | Item):
        return [call for call, _ in outputs_in(value)]
    return [call for item in value.items.values() for call in _handed_on(item)] if isinstance(value, Mapping) else []


def is_random(script: Script) -> bool:
    """Say whether any call of the script is handed a random generator."""
    return any(_holds_generator(value) for call in script.calls for value in (*call.args, *call.kwargs.values()))


def _holds_generator(value: Value) -> bool:
    if isinstance(value, Mapping):
        return any(map(_holds_generator, value.items.values()))
    return isinstance(value, Generator)
