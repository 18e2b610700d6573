"""The failing call of a check, and the earlier calls that it needs, found in a run.

Arguments are those of the run. So a call can be repeated by itself; only handles (`state`, `cache`) and random
generators connect it to earlier ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
