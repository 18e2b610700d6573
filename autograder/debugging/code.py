"""Calls as Python code that can be copied: `x_next, state = adam(np.array([0.4]), np.array([-0.9]), {}, lr=0.1)`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count

import numpy as np

from autograder import wire
from autograder.debugging.calls import FailingCall, values_of

WIDTH = 100  # of a line of code
FEW = 12  # elements of an array that is written where it is used
MANY = 60  # elements of an array that is written as the code that draws it
SPECIAL = re.compile(r"\b(nan|inf)\b")
PLAIN = ("float64", "int64", "bool")  # dtypes that NumPy gives such numbers by default


def code_of(failing: FailingCall, parameters: Mapping[str, Sequence[str]]) -> str:
    """Return the failing call, and earlier calls that it needs, as code; long arrays are drawn again in it."""
    lines = list(code_lines(failing, parameters, many=MANY))
    if any("Inputs(" in line for line in lines):
        lines.insert(0, "from autograder.authoring import Inputs")
    return "\n".join(lines)


def code_lines(
    failing: FailingCall, parameters: Mapping[str, Sequence[str]], *, few: int = FEW, many: int = sys.maxsize
) -> Iterator[str]:
    """Yield the statements that make the calls.

    Arrays of more than a `few` elements have names of their own; those of `many` are written as the code that draws
    them.
    """
    writer = _Writer(failing, parameters, few, many)
    for call in failing.calls:
        yield from writer.call(call)


def target_of(call: wire.Call) -> str:
    """Return the names that a call's result is bound to."""
    names = [part.name for part in call.returns.parts]
    return f"{', '.join(names)}{',' * (len(names) == 1)}" if call.returns.several else names[0]


class _Writer:
    """Writes calls as code; each value has one name."""

    def __init__(self, failing: FailingCall, parameters: Mapping[str, Sequence[str]], few: int, many: int) -> None:
        self._few = few
        self._many = many
        self._failing = failing
        self._parameters = parameters
        self._lines: list[str] = []
        self._names: dict[object, str] = {}  # by value that has a name already
        self._handles: dict[tuple[int, str], str] = {}
        self._taken = {part.name for call in failing.calls for part in call.returns.parts}
        self._taken |= {call.function for call in failing.calls} | {"np"}
        used = [value for call in failing.calls for value in values_of(call) if isinstance(value, wire.Handle)]
        self._used = {(value.call, value.name) for value in used}

    def call(self, call: wire.Call) -> Iterator[str]:
        """Yield the lines that make a call."""
        names = [name.partition("=")[0] for name in self._parameters.get(call.function, ())]
        names += [f"argument_{number}" for number in range(len(names), len(call.args))]
        arguments = [self._code(value, name) for name, value in zip(names, call.args, strict=False)]
        arguments += [f"{name}={self._code(value, name)}" for name, value in call.kwargs.items()]
        yield from self._lines
        self._lines = []
        yield f"{self._target(call)} = {call.function}({', '.join(arguments)})"

    def _target(self, call: wire.Call) -> str:
        """Return the names that a result is bound to; a handle that is used twice has a name of its own."""
        if not call.returns.several:
            return target_of(call)
        names = []
        for part in call.returns.parts:
            name = part.name
            if part.kind == "handle" and (call.number, name) in self._used:
                if name in self._handles.values() and self._still_needed(name, call.number):
                    name = self._free(name)
                self._handles[call.number, part.name] = name
            names.append(name)
        return f"{', '.join(names)}{',' * (len(names) == 1)}"

    def _still_needed(self, name: str, number: int) -> bool:
        """Say whether a later call uses a handle that has this name so far."""
        own = {key for key, given in self._handles.items() if given == name}
        later = [value for each in self._failing.calls if each.number > number for value in values_of(each)]
        return any(isinstance(value, wire.Handle) and (value.call, value.name) in own for value in later)

    def _code(self, value: wire.Value, name: str) -> str:
        if isinstance(value, wire.Array):
            return self._array(value, name)
        if isinstance(value, wire.Handle):
            return self._handles[value.call, value.name]
        if isinstance(value, wire.Mapping):
            return f"{{{', '.join(f'{key!r}: {self._code(item, key)}' for key, item in value.items.items())}}}"
        if isinstance(value, wire.Items):
            return f"[{', '.join(self._code(item, f'{name}_item') for item in value.items)}]"
        if isinstance(value, wire.Generator):
            if value.name not in self._names:  # one generator is used for all calls
                self._names[value.name] = self._define(name, f"np.random.default_rng({value.seed})")
            return self._names[value.name]
        if isinstance(value, wire.Callback):
            return self._callback(value, name)
        return _special(repr(value)) if isinstance(value, float) else repr(value)

    def _array(self, array: wire.Array, name: str) -> str:
        values = wire.unpack(array)
        if values.size >= self._many and (drawn := self._drawn(values)):
            return self._define(name, _laid_out(drawn, array.layout))
        code = literal(values, name)
        if (values.size <= self._few and array.layout == "C" and "\n" not in code) or not values.ndim:
            return code
        return self._define(name, _laid_out(code, array.layout))

    def _drawn(self, values: np.ndarray) -> str:
        """Return the code that draws an array, or nothing if a check has computed it."""
        for draw in self._failing.drawn:
            if (
                draw.values.shape == values.shape
                and draw.values.dtype == values.dtype
                and (draw.values == values).all()
            ):
                return draw.code(self._failing.seed)
        return ""

    def _define(self, name: str, code: str) -> str:
        """Write a line that binds a value to a name, and return the name."""
        free = self._free(name)
        self._lines.append(f"{free} = {code}")
        return free

    def _callback(self, callback: wire.Callback, name: str) -> str:
        """Write a function with the answers of the check's own function, and return its name."""
        if callback in self._names:
            return self._names[callback]
        own = self._names[callback] = self._free(name)
        numbers = {call.number for call in self._failing.calls}
        pairs = {
            each.point: each.answer.value
            for each in self._failing.asked
            if each.callback == callback.name and each.call in numbers and each.answer.value is not None
        }
        self._lines += [f"{own}_answers = ["]
        for point, answer in pairs.items():
            self._lines += [f"    ({literal(wire.unpack(point))}, {literal(wire.unpack(answer))}),"]
        self._lines += [
            "]",
            "",
            "",
            f"def {own}(point):",
            '    """Answer as the check\'s own function has answered: it knows these points alone."""',
            f"    for known, answer in {own}_answers:",
            "        if np.shape(point) == known.shape and np.allclose(point, known, rtol=1e-12, atol=0):",
            "            return answer.copy()",
            f'    raise ValueError("your function now asks {own} at another point: run autograder debug again")',
            "",
            "",
        ]
        return own

    def _free(self, name: str) -> str:
        """Return an unused name."""
        numbered = (f"{name}_{number}" for number in count(2))
        free = next(each for each in chain([name], numbered) if each not in self._taken)
        self._taken.add(free)
        return free


def literal(values: np.ndarray, name: str = "") -> str:
    """Return an array as exact code, indented for a line that begins with a name, if there is one."""
    dtype = "" if values.dtype.name in PLAIN and values.size else f", dtype=np.{values.dtype.name}"
    if values.ndim == 0:
        return f"np.array({_special(repr(values.item()))}{dtype})"
    text = np.array2string(
        values,
        separator=", ",
        threshold=sys.maxsize,
        max_line_width=WIDTH,
        floatmode="unique",
        prefix=f"{name} = np.array(" * bool(name),
    )
    if not values.size:
        return f"np.zeros({values.shape}{dtype})"
    return f"np.array({_special(text)}{dtype})"


def _special(text: str) -> str:
    """Return infinity or NaN as code."""
    return SPECIAL.sub(r"np.\1", text)


def _laid_out(code: str, layout: wire.Layout) -> str:
    """Return an array in the memory order in which the check passes it."""
    if layout == "F":
        return f"np.asfortranarray({code})"
    return code if layout == "C" else f"np.repeat({code}, 2, axis=-1)[..., ::2]"
