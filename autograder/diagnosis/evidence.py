"""The evidence in a function's checks, for patterns that can occur in any function.

From the runs of a function's checks, it collects all failures, and the pairs of values that calls of the function
returned and that were compared, each with its call.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.checking import BrokenProperty, Observation, Run, Unusable, WrongValues
from autograder.key import KeyCheck
from autograder.wire import Array, Call, Handle, unpack


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """The origin of an array: the call that returned it, and the output.

    `follows` says that the call received what an earlier call of the same function returned.
    """

    call: Call
    output: str
    outputs: tuple[str, ...]
    follows: bool

    @property
    def examples(self) -> int | None:
        """Return the length of the call's first array."""
        return next((value.shape[0] for value in self.call.args if isinstance(value, Array) and value.shape), None)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Pair:
    """A value that one call of the function returned, the expected value, and whether it was accepted.

    `actual` may have a wrong shape, or values that are not finite.
    """

    check: str
    number: int
    origin: Origin
    actual: np.ndarray
    expected: np.ndarray
    accepted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """All evidence in a function's checks.

    Attributes
    ----------
    failed
        Every observation that was not as expected.
    passed
        How many observations were as expected.
    pairs
        The function's results with the expected values; failed ones come first.
    derived
        The runs in which a value that a check computed from results was not as expected.
    stray
        Whether there is a failure without a value: an exception, a bad argument that was accepted.
    raised, returned
        The calls of the function that wrongly raised an exception, and those that returned.
    """

    runs: Sequence[Run]
    failed: Sequence[Observation]
    passed: int
    pairs: Sequence[Pair]
    derived: Sequence[Run]
    stray: bool
    raised: Sequence[Call]
    returned: Sequence[Call]
    parameters: Mapping[str, object]

    @property
    def only_values(self) -> bool:
        """Say whether only values and their properties are wrong."""
        return all(isinstance(each.failure, WrongValues | BrokenProperty) for each in self.failed)

    def arguments(self, call: Call) -> dict[str, object]:
        """Return a call's arguments by name, defaults included."""
        return {**self.parameters, **dict(zip(self.parameters, call.args, strict=False)), **call.kwargs}


MISSING = object()  # instead of a default


def evidence_of(seen: Sequence[tuple[KeyCheck, Run]], parameters: Sequence[str]) -> Evidence:
    """Collect the evidence; the parameters are as a function declares them, defaults included."""
    function = seen[0][0].function
    failed, derived, stray, passed = [], [], False, 0
    pairs = []
    for check, run in seen:
        found = list(_pairs(check, run))
        pairs += [pair for pair, _ in found]
        paired = {id(observation) for _, observation in found}
        for each in run.observations:
            if each.failure is None:
                passed += 1
                continue
            failed.append(each)
            if id(each) not in paired and isinstance(each.failure, WrongValues | BrokenProperty):
                derived.append(run)
            elif id(each) not in paired:
                stray = True
    runs = [run for _, run in seen]
    return Evidence(
        runs=runs,
        failed=failed,
        passed=passed,
        pairs=sorted(pairs, key=lambda pair: pair.accepted),  # failures rule out most descriptions
        derived=derived,
        stray=stray,
        raised=[call for run in runs if run.failure is not None for call in run.raising if call.function == function],
        returned=[call for run in runs for call, *_ in run.results if call.function == function],
        parameters=dict(map(_parameter, parameters)),
    )


def _parameter(declared: str) -> tuple[str, object]:
    name, equals, default = declared.partition("=")
    try:
        return name, ast.literal_eval(default) if equals else MISSING
    except ValueError:
        return name, MISSING


def _pairs(check: KeyCheck, run: Run) -> Iterator[tuple[Pair, Observation]]:
    """Yield the compared pairs whose actual values are a result of one call of the function."""
    origins = _origins(run)
    for number, each in enumerate(run.observations):
        origin = origins.get(id(each.source))
        actual = each.source.failed.values if isinstance(each.source, Unusable) else each.actual
        if origin is None or origin.call.function != check.function or actual is None or each.expected is None:
            continue
        yield (
            Pair(
                check=check.id,
                number=number,
                origin=origin,
                actual=actual,
                expected=each.expected,
                accepted=each.failure is None,
            ),
            each,
        )


def _origins(run: Run) -> dict[int, Origin]:
    """Return the origin of every returned array, by its id."""
    outputs: dict[int, list[str]] = {}
    for call, names, _ in run.results:
        outputs.setdefault(call.number, []).extend(names)
    found: dict[int, Origin] = {}
    for call, names, arrays in run.results:
        for name, value in zip(names, arrays, strict=True):
            origin = Origin(call=call, output=name, outputs=tuple(outputs[call.number]), follows=_follows(call, run))
            found |= {id(array): origin for array in (value if isinstance(value, list) else [value])}
    return found


def _follows(call: Call, run: Run) -> bool:
    handed_on = (value for value in (*call.args, *call.kwargs.values()) if isinstance(value, Handle))
    return any(run.calls[value.call].function == call.function for value in handed_on)


def array_of(value: object) -> np.ndarray | None:
    """Return an argument as the array that it is."""
    return unpack(value).astype(np.float64) if isinstance(value, Array) else None
