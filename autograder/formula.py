"""Formulas over the results of a script, as data: what a check compares, without code that must travel.

A formula is a tree. It is written as ordinary NumPy (`ask.symbol`), lies in the answer book, and is evaluated on a
submission's results, on any machine, with nothing of `solutions/` at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from autograder.array import Array, unpack

# Pure functions of NumPy that a formula may name. Anything else fails when the check is written, not when it is judged.
FUNCTIONS = frozenset(
    [
        "absolute",
        "add",
        "all",
        "any",
        "argmax",
        "argmin",
        "argsort",
        "clip",
        "concatenate",
        "count_nonzero",
        "cumsum",
        "diff",
        "divide",
        "equal",
        "exp",
        "expand_dims",
        "greater",
        "greater_equal",
        "isin",
        "less",
        "less_equal",
        "log",
        "logical_and",
        "logical_not",
        "logical_or",
        "matmul",
        "max",
        "maximum",
        "mean",
        "min",
        "minimum",
        "mod",
        "multiply",
        "negative",
        "not_equal",
        "ones_like",
        "power",
        "prod",
        "reshape",
        "rint",
        "sign",
        "sort",
        "sqrt",
        "square",
        "stack",
        "std",
        "subtract",
        "sum",
        "take_along_axis",
        "tile",
        "transpose",
        "unique",
        "var",
        "where",
        "zeros_like",
    ]
)

Option = bool | int | float | str | None | tuple[int, ...]
Key = int | tuple[int | None, int | None, int | None]  # a whole number, or a slice


class Constant(msgspec.Struct, frozen=True, array_like=True, tag="constant"):
    """A value known when the check is written, or recorded from the reference."""

    value: Array


class Output(msgspec.Struct, frozen=True, array_like=True, tag="output"):
    """What the call with number `call` of a script returned under `name`."""

    call: int
    name: str


class Argument(msgspec.Struct, frozen=True, array_like=True, tag="argument"):
    """What a function that is handed to a student's function receives: `point`, or the number of the call so far."""

    name: str


class Item(msgspec.Struct, frozen=True, array_like=True, tag="item"):
    """An element or a slice of a formula's value."""

    of: Formula
    keys: tuple[Key, ...]


class Apply(msgspec.Struct, frozen=True, array_like=True, tag="apply"):
    """A function of NumPy on the values of other formulas."""

    function: str
    arguments: tuple[Formula, ...]
    options: dict[str, Option]


class Listed(msgspec.Struct, frozen=True, array_like=True, tag="listed"):
    """A list of formulas, as `np.stack` takes it."""

    parts: tuple[Formula, ...]


class Reference(msgspec.Struct, frozen=True, array_like=True, tag="reference"):
    """The value that a formula has on the reference's results; recording puts a constant in its place."""

    of: Formula


Formula = Constant | Output | Argument | Item | Apply | Listed | Reference


def evaluate(formula: Formula, look_up: Callable[[Output | Argument], Any]) -> Any:
    """Return the formula's value; `look_up` finds outputs and arguments, and may raise to give up."""
    if isinstance(formula, Constant):
        return unpack(formula.value)
    if isinstance(formula, Output | Argument):
        return look_up(formula)
    if isinstance(formula, Item):
        keys = tuple(slice(*key) if isinstance(key, tuple) else key for key in formula.keys)
        return evaluate(formula.of, look_up)[keys if len(keys) > 1 else keys[0]]
    if isinstance(formula, Listed):
        return [evaluate(part, look_up) for part in formula.parts]
    if isinstance(formula, Reference):
        raise TypeError("a formula still asks for the reference's value: it was not recorded")
    if formula.function not in FUNCTIONS:
        raise ValueError(f"a formula names np.{formula.function}, which formulas don't know")
    arguments = [evaluate(argument, look_up) for argument in formula.arguments]
    with np.errstate(all="ignore"):  # a student's numbers may overflow here; the comparison says so in words
        return getattr(np, formula.function)(*arguments, **formula.options)


def parts_of(formula: Formula) -> tuple[Formula, ...]:
    """Return the formulas that a formula is directly made of."""
    if isinstance(formula, Apply):
        return formula.arguments
    if isinstance(formula, Listed):
        return formula.parts
    return (formula.of,) if isinstance(formula, Item | Reference) else ()


def outputs_in(formula: Formula) -> set[tuple[int, str]]:
    """Return call number and name of every output that a formula looks up."""
    if isinstance(formula, Output):
        return {(formula.call, formula.name)}
    return set().union(*(outputs_in(part) for part in parts_of(formula)))


def replace_references(formula: Formula, value_of: Callable[[Formula], Constant]) -> Formula:
    """Return the formula with a constant in the place of every `Reference`."""
    if isinstance(formula, Reference):
        return value_of(formula.of)
    if isinstance(formula, Apply):
        arguments = tuple(replace_references(argument, value_of) for argument in formula.arguments)
        return Apply(formula.function, arguments, formula.options)
    if isinstance(formula, Listed):
        return Listed(tuple(replace_references(part, value_of) for part in formula.parts))
    return Item(replace_references(formula.of, value_of), formula.keys) if isinstance(formula, Item) else formula
