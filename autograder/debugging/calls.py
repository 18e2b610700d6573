"""The failing call of a check: found in a run with the earlier calls that it needs, and written as Python code.

Arguments are those of the run. So a call can be repeated by itself; only handles (`state`, `cache`) and random
generators connect it to earlier ones. As code, it can be copied:
`x_next, state = adam(np.array([0.4]), np.array([-0.9]), {}, lr=0.1)`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np

from autograder import wire
from autograder.authoring import Check
from autograder.authoring.inputs import Draw
from autograder.checking import (
    Asked,
    BrokenProperty,
    Failure,
    NotRefused,
    Observation,
    Run,
    Unusable,
    WrongDistribution,
    WrongValues,
)

WIDTH = 100  # of a line of code
FEW = 12  # elements of an array that is written where it is used
MANY = 60  # elements of an array that is written as the code that draws it
SPECIAL = re.compile(r"\b(nan|inf)\b")
PLAIN = ("float64", "int64", "bool")  # dtypes that NumPy gives such numbers by default


@dataclass(frozen=True, kw_only=True, slots=True)
class FailingCall:
    """The last call before a failure, and what failed.

    Attributes
    ----------
    calls
        The calls, the failing one last.
    place
        The value that is wrong, as code that takes it from the result of the last call: `x_next`, `grads["W1"]`. Empty
        if a call as a whole is wrong, or a value that the check computes from results.
    derived
        Whether the check itself has computed the wrong value, so that only the check can judge it.
    expected
        The right value, if there is one.
    asked
        The questions and answers of callbacks in these calls.
    seed, drawn
        The check's draws, and their seed.
    """

    check: str
    title: str
    calls: tuple[wire.Call, ...]
    label: str
    failure: Failure
    place: str
    derived: bool
    expected: np.ndarray | None
    asked: tuple[Asked, ...]
    seed: int
    drawn: tuple[Draw, ...]

    @property
    def last(self) -> wire.Call:
        """Return the failing call."""
        return self.calls[-1]

    def size(self) -> tuple[int, int]:
        """Return how many numbers the failing calls have, in all steps, and how many digits."""
        digits = [
            count for call in self.calls for value in (*call.args, *call.kwargs.values()) for count in _digits(value)
        ]
        return len(digits), sum(digits)


def find_failing_call(check: Check, run: Run) -> FailingCall | None:
    """Return the call behind a run's failure, or None if no call was made."""
    if run.failure is None or not run.made:
        return None
    observation = next(each for each in run.observations if each.failure is not None)
    called, place = _source(run, observation)
    if called is None:
        called = _last(run, run.function)
    comparable = not isinstance(run.failure, BrokenProperty | WrongDistribution | WrongValues)
    return FailingCall(
        check=check.id,
        title=check.title,
        calls=tuple(_needed(run, called)),
        label=observation.label,
        failure=run.failure,
        place=place,
        derived=not comparable and not (place and isinstance(run.failure, WrongValues)),
        expected=observation.expected,
        asked=run.asked,
        seed=run.seed,
        drawn=run.drawn,
    )


def _source(run: Run, observation: Observation) -> tuple[wire.Call | None, str]:
    """Return the call that returned a wrong value, and the value's place in its result."""
    for call, names, values in run.results:
        for name, value in zip(names, values, strict=True):
            if isinstance(value, Unusable):
                if value.failed.failure is run.failure:
                    return call, _place(call, name)
            elif value is observation.source:
                return call, _place(call, name)
            elif isinstance(value, list) and any(item is observation.source for item in value):
                number = next(number for number, item in enumerate(value) if item is observation.source)
                part = next(part for part in call.returns.parts if name in part.names())
                return call, f"{name}[{number}]" if part.kind == "list" else ""
    if isinstance(run.failure, NotRefused):
        return run.made[-1], ""
    output = getattr(run.failure, "output", "")
    return None, _place(_last(run, run.function), output) if output else ""


def _place(call: wire.Call, output: str) -> str:
    """Return an output as code, or nothing if it is not a single value of the result."""
    part = next((part for part in call.returns.parts if output in (part.name, *part.names())), None)
    if part is None or part.kind in ("tuples", "word"):
        return ""
    return output


def _last(run: Run, function: str) -> wire.Call:
    own = [call for call in run.made if call.function == function]
    return own[-1] if own else run.made[-1]


def _needed(run: Run, last: wire.Call) -> Iterator[wire.Call]:
    """Yield the calls that one needs, in their order, and the call itself."""
    wanted = {last.number}
    for call in reversed(run.made):
        if call.number > last.number:
            continue
        generators = {name for kept in run.made if kept.number in wanted for name in _generators(kept)}
        if generators & set(_generators(call)):
            wanted.add(call.number)
        if call.number in wanted:
            wanted |= {value.call for value in values_of(call) if isinstance(value, wire.Handle)}
    yield from (call for call in run.made if call.number in wanted)


def values_of(call: wire.Call) -> Iterator[wire.Value]:
    """Yield all arguments, and what is in them."""
    left: list[wire.Value] = [*call.args, *call.kwargs.values()]
    while left:
        value = left.pop()
        yield value
        if isinstance(value, wire.Mapping):
            left += value.items.values()
        elif isinstance(value, wire.Items):
            left += value.items


def _generators(call: wire.Call) -> list[str]:
    return [value.name for value in values_of(call) if isinstance(value, wire.Generator)]


def _digits(value: wire.Value) -> Iterator[int]:
    """Yield the number of digits of each number in a value, as written by hand; anything else counts as one."""
    if isinstance(value, wire.Array):
        yield from (_written(number) for number in wire.unpack(value).ravel().tolist())
    elif isinstance(value, wire.Mapping | wire.Items):
        items = value.items.values() if isinstance(value, wire.Mapping) else value.items
        yield from (count for item in items for count in _digits(item))
    else:
        yield _written(value) if isinstance(value, int | float) else 1


def _written(number: float) -> int:
    return len(f"{number:.12g}".lstrip("-0.").replace(".", "")) or 1


# ---- as code


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
