"""Traces: what came back from running a script, as data. Nothing in a trace is a verdict, nothing in it is trusted."""

from __future__ import annotations

from typing import Literal

import msgspec

from autograder.array import Array


class Arrays(msgspec.Struct, frozen=True, array_like=True, tag="arrays"):
    """A list of arrays."""

    items: tuple[Array, ...]


class Malformed(msgspec.Struct, frozen=True, array_like=True, tag="malformed"):
    """A value that is not what the contract's result can be converted from, and what it is instead."""

    problem: Literal["nothing", "count", "mapping", "keys", "list", "text", "complex", "ragged", "object", "huge"]
    found: str


Received = Array | Arrays | Malformed


class Returned(msgspec.Struct, frozen=True, array_like=True, tag="returned"):
    """The call returned; `changed` names arguments that are not what they were before it."""

    outputs: dict[str, Received]
    changed: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One of the student's own lines in a traceback, the innermost last; `cell` is the notebook's, empty in a file."""

    number: int
    function: str
    source: str
    cell: str = ""


class Raised(msgspec.Struct, frozen=True, array_like=True, tag="raised"):
    """The call raised; `ancestry` names the exception's class and its base classes."""

    ancestry: tuple[str, ...]
    text: str
    lines: tuple[Line, ...]


class Absent(msgspec.Struct, frozen=True, array_like=True, tag="absent"):
    """The file defines no such function; `found` is the type of what bears its name, or empty."""

    found: str


class Unreached(msgspec.Struct, frozen=True, array_like=True, tag="unreached"):
    """The call was not made, because `needs`, an earlier call, gave nothing to hand on."""

    needs: int


Outcome = Returned | Raised | Absent | Unreached


class Trace(msgspec.Struct, frozen=True, array_like=True):
    """One outcome a call of the script, and the first of what the student's code printed meanwhile."""

    outcomes: tuple[Outcome, ...]
    printed: str = ""


class Loaded(msgspec.Struct, frozen=True, array_like=True, tag="loaded"):
    """The submission's file was imported."""


class Refused(msgspec.Struct, frozen=True, array_like=True, tag="refused"):
    """The submission's file could not be imported."""

    kind: Literal["syntax", "import", "memory"]
    message: str
    line: int | None


Loading = Loaded | Refused


class Fault(msgspec.Struct, frozen=True):
    """Why a submission's process gave no answer at all; `detail` is for an instructor."""

    kind: Literal["timeout", "memory", "crash", "protocol"]
    detail: str


def names_class(outcome: Outcome, name: str) -> bool:
    """Say whether the call raised the exception class `name` or one derived from it."""
    return isinstance(outcome, Raised) and name in outcome.ancestry
