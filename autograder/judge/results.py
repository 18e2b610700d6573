"""The results of one script, looked up by the judge: the first rungs of the comparison ladder.

Present, numeric, of the expected shape, finite: an output is handed out only when it has passed them all, and the
first rung that fails is the finding.
"""

from __future__ import annotations

import numpy as np

from autograder.array import Array, unpack
from autograder.book import Check, Shape
from autograder.findings import BadCount, BadForm, BadShape, NotFinite, Reason
from autograder.formula import Argument, Output
from autograder.judge.tolerance import shows_single_precision
from autograder.script import Call
from autograder.trace import Arrays, Malformed, Returned, Trace


class Unusable(Exception):
    """An output did not pass a rung of the ladder; `function` is the one that returned it."""

    def __init__(self, function: str, reason: Reason) -> None:
        super().__init__(reason)
        self.function = function
        self.reason = reason


class NoResult(Exception):
    """A call that only an alternative or a condition needs returned nothing."""

    def __init__(self, call: int) -> None:
        super().__init__(call)
        self.call = call


class Results:
    """Looks outputs up for `formula.evaluate`, and notes whether any of them shows single precision."""

    def __init__(self, check: Check, trace: Trace) -> None:
        self._check = check
        self.trace = trace
        self.single = False
        self._looked_up: dict[Output, np.ndarray | list[np.ndarray]] = {}

    def look_up(self, symbol: Output | Argument) -> np.ndarray | list[np.ndarray]:
        """Return an output as float64, or raise `Unusable` with the rung that failed."""
        if isinstance(symbol, Argument):
            raise TypeError(f"a claim names the argument {symbol.name!r} of a function; only results have values")
        if symbol not in self._looked_up:
            self._looked_up[symbol] = self._find(symbol)
        return self._looked_up[symbol]

    def _find(self, symbol: Output) -> np.ndarray | list[np.ndarray]:
        outcome = self.trace.outcomes[symbol.call]
        if not isinstance(outcome, Returned):
            raise NoResult(symbol.call)
        call = self._check.script.calls[symbol.call]
        received = outcome.outputs[symbol.name]
        expected = self._check.shapes[symbol.call][symbol.name]
        if isinstance(received, Malformed):
            raise Unusable(call.function, bad_form(call, symbol.name, received))
        if isinstance(received, Arrays):
            return self._items(call, symbol.name, received, expected)
        return self._values(call, symbol.name, received, expected[0], None)

    def _items(self, call: Call, output: str, received: Arrays, expected: tuple[Shape, ...]) -> list[np.ndarray]:
        if len(received.items) != len(expected):
            found = BadCount(output=output, label=call.label, actual=len(received.items), expected=len(expected))
            raise Unusable(call.function, found)
        return [
            self._values(call, output, item, shape, number)
            for number, (item, shape) in enumerate(zip(received.items, expected, strict=True))
        ]

    def _values(self, call: Call, output: str, array: Array, expected: Shape, item: int | None) -> np.ndarray:
        values = unpack(array)
        if values.shape != expected:
            found = BadShape(output=output, label=call.label, actual=values.shape, expected=expected, item=item)
            raise Unusable(call.function, found)
        finite = np.isfinite(values)
        if not finite.all():
            raise Unusable(call.function, _not_finite(call, output, values, finite))
        self.single = self.single or shows_single_precision(values)
        return values.astype(np.float64)


def bad_form(call: Call, output: str, malformed: Malformed) -> BadForm:
    """Say that an output can't be taken for what the call returns."""
    if malformed.problem == "keys":
        part = next(part for part in call.returns.parts if output in part.names())
        return BadForm(
            output=part.name, label=call.label, malformed=malformed, expected=", ".join(map(repr, part.keys))
        )
    return BadForm(output=output, label=call.label, malformed=malformed, expected=_in_words(call))


def _in_words(call: Call) -> str:
    names = ", ".join(part.name for part in call.returns.parts)
    return f"({names})" if call.returns.several else names


def _not_finite(call: Call, output: str, values: np.ndarray, finite: np.ndarray) -> NotFinite:
    index = np.unravel_index(np.argmin(finite), finite.shape)
    return NotFinite(
        output=output,
        label=call.label,
        count=int((~finite).sum()),
        size=values.size,
        index=tuple(int(place) for place in index),
        value=float(values[index]),
    )
