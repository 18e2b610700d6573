"""Symbols: values that are not known yet, on which a check's author writes ordinary NumPy (`np.sum(dx * v)`).

NumPy's own dispatch protocols hand every operator and function to the symbol, which records it as a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from autograder.array import pack
from autograder.formula import FUNCTIONS, Apply, Constant, Formula, Item, Key, Listed, Option


class Symbol(NDArrayOperatorsMixin):
    """A formula in an author's hands."""

    __slots__ = ("formula",)
    __hash__ = None  # type: ignore[assignment]  # `==` makes a formula

    def __init__(self, formula: Formula) -> None:
        self.formula = formula

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: object, **options: Any) -> Symbol:
        if method != "__call__":
            raise TypeError(f"a formula can't hold np.{ufunc.__name__}.{method}; write it with another function")
        return apply(ufunc.__name__, inputs, options)

    def __array_function__(
        self, function: Callable[..., object], types: object, args: tuple[object, ...], options: dict[str, Any]
    ) -> Symbol:
        return apply(function.__name__, args, options)

    def __iter__(self) -> Iterator[Symbol]:
        """Yield only itself: `np.concatenate(symbol)` looks here for an array type to ask."""
        yield self

    def __getitem__(self, key: object) -> Symbol:
        keys = key if isinstance(key, tuple) else (key,)
        return Symbol(Item(self.formula, tuple(_as_key(part) for part in keys)))


def apply(function: str, arguments: tuple[object, ...], options: Mapping[str, Option]) -> Symbol:
    """Make the symbol of one function call; lists among the arguments may hold symbols (`np.stack([a, b])`)."""
    if function not in FUNCTIONS:
        raise TypeError(f"a formula can't hold np.{function}; it knows {', '.join(sorted(FUNCTIONS))}")
    return Symbol(Apply(function, tuple(as_formula(argument) for argument in arguments), dict(options)))


def as_formula(value: object) -> Formula:
    """Return a symbol's formula, a list of formulas where there are symbols in a list, and a constant otherwise."""
    if isinstance(value, Symbol):
        return value.formula
    if isinstance(value, list | tuple) and any(isinstance(part, Symbol) for part in value):
        return Listed(tuple(as_formula(part) for part in value))
    return Constant(pack(np.asarray(value)))


def _as_key(part: object) -> Key:
    if isinstance(part, slice):
        return (part.start, part.stop, part.step)
    if isinstance(part, int):
        return part
    raise TypeError(f"a formula's index is a whole number or a slice, not {part!r}")
