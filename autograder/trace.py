"""Traces: what came back from running a script, as data. Nothing in a trace is a verdict, nothing in it is trusted.

How long each part may be is part of its type: a reply is refused before what it claims to hold is built.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from autograder.array import Array

MAX_ITEMS = 100_000  # of a returned list
MAX_TEXT = 500  # characters of an exception's text
MAX_LINES = 3  # of a traceback
MAX_NAME = 80  # characters
MAX_PRINTED = 2**14  # characters kept of what is printed under one check, whatever the limit
MAX_ANCESTRY = 256  # classes
Name = Annotated[str, Meta(max_length=MAX_NAME)]
Text = Annotated[str, Meta(max_length=4 * MAX_TEXT)]
Few = Meta(max_length=256)


class Arrays(msgspec.Struct, frozen=True, array_like=True, tag="arrays"):
    """A list of arrays."""

    items: Annotated[tuple[Array, ...], Meta(max_length=MAX_ITEMS)]


class Malformed(msgspec.Struct, frozen=True, array_like=True, tag="malformed"):
    """A value that is not what the contract's result can be converted from, and what it is instead."""

    problem: Literal["nothing", "count", "mapping", "keys", "list", "text", "complex", "ragged", "object", "huge"]
    found: Text


Received = Array | Arrays | Malformed


class Returned(msgspec.Struct, frozen=True, array_like=True, tag="returned"):
    """The call returned; `changed` names arguments that are not what they were before it."""

    outputs: Annotated[dict[str, Received], Few]
    changed: Annotated[tuple[Text, ...], Few] = ()


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One of the student's own lines in a traceback, the innermost last; `cell` is the notebook's, empty in a file."""

    number: int
    function: Name
    source: Text
    cell: Name = ""


class Raised(msgspec.Struct, frozen=True, array_like=True, tag="raised"):
    """The call raised; `ancestry` names the exception's class and its base classes."""

    ancestry: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=MAX_ANCESTRY)]
    text: Text
    lines: Annotated[tuple[Line, ...], Meta(max_length=MAX_LINES)]


class Absent(msgspec.Struct, frozen=True, array_like=True, tag="absent"):
    """The file defines no such function; `found` is the type of what bears its name, or empty."""

    found: Text


class Unreached(msgspec.Struct, frozen=True, array_like=True, tag="unreached"):
    """The call was not made, because `needs`, an earlier call, gave nothing to hand on."""

    needs: int


Outcome = Returned | Raised | Absent | Unreached


class Trace(msgspec.Struct, frozen=True, array_like=True):
    """One outcome a call of the script, and the first of what the student's code printed meanwhile."""

    outcomes: tuple[Outcome, ...]
    printed: Annotated[str, Meta(max_length=MAX_PRINTED)] = ""


class Loaded(msgspec.Struct, frozen=True, array_like=True, tag="loaded"):
    """The submission's file was imported."""


class Refused(msgspec.Struct, frozen=True, array_like=True, tag="refused"):
    """The submission's file could not be imported."""

    kind: Literal["syntax", "import", "memory"]
    message: Text
    line: int | None


Loading = Loaded | Refused


class Fault(msgspec.Struct, frozen=True):
    """Why a submission's process gave no answer at all; `detail` is for an instructor."""

    kind: Literal["timeout", "memory", "crash", "protocol"]
    detail: str


def names_class(outcome: Outcome, name: str) -> bool:
    """Say whether the call raised the exception class `name` or one derived from it."""
    return isinstance(outcome, Raised) and name in outcome.ancestry
