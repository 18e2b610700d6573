"""Make a right function wrong for a class of inputs; conditional mutants use this while they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Arguments = Sequence[Any]
Holds = Callable[[Arguments, int], bool]  # takes a call's arguments, and how many steps old the state among them is

MANY_ROWS = 16
LARGE = 100.0
LATE = 10  # epochs
ARRAYS = ("ndarray", "Sequence", "Any")
OLD = 5  # steps


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A class of inputs, for functions with certain words among their parameters and annotations."""

    takes: tuple[str, ...]
    make: Callable[[], Holds]  # one for each mutant, since some remember earlier calls


def arrays_of(arguments: Arguments) -> Iterator[np.ndarray]:
    """Yield the arrays among arguments, including those in dicts and lists."""
    for each in arguments:
        if isinstance(each, dict):
            yield from arrays_of(tuple(each.values()))
        elif isinstance(each, np.ndarray):
            yield each
        elif isinstance(each, list) and each and all(isinstance(item, int | float) for item in each):
            yield np.array(each)


def _of_arrays(holds: Callable[[np.ndarray], Any]) -> Condition:
    return Condition(
        takes=ARRAYS,
        make=lambda: lambda arguments, _: any(bool(holds(array)) for array in arrays_of(arguments)),
    )


def _is_narrow(arguments: Arguments, age: int) -> bool:
    """Say whether a matrix has one column, or, if there is no matrix, whether a vector has one element."""
    del age
    arrays = list(arrays_of(arguments))
    matrices = [array for array in arrays if array.ndim > 1]
    return any(array.shape[-1:] == (1,) for array in matrices or arrays)


def _is_late(arguments: Arguments, age: int) -> bool:
    del age
    return any(type(each) is int and each > LATE for each in arguments)


def _is_repeated() -> Holds:
    seen: set[tuple[tuple[int, ...], ...]] = set()

    def holds(arguments: Arguments, age: int) -> bool:
        del age
        shapes = tuple(array.shape for array in arrays_of(arguments))
        known = shapes in seen
        seen.add(shapes)
        return known

    return holds


CONDITIONS: dict[str, Condition] = {
    f"N > {MANY_ROWS}": _of_arrays(lambda array: array.ndim and len(array) > MANY_ROWS),
    "N = 1": _of_arrays(lambda array: array.ndim > 1 and len(array) == 1),
    "D = 1": Condition(takes=ARRAYS, make=lambda: _is_narrow),
    f"|x| > {LARGE:g}": _of_arrays(lambda array: array.dtype.kind == "f" and (np.abs(array) > LARGE).any()),
    "x is 0": _of_arrays(lambda array: array.dtype.kind == "f" and (array == 0).any()),
    f"a whole number > {LATE}": Condition(takes=(": int",), make=lambda: _is_late),
    "the shapes were seen before": Condition(takes=ARRAYS, make=_is_repeated),
    f"a state is {OLD} steps old": Condition(takes=("state:",), make=lambda: lambda _, age: age >= OLD),
}


def wrong_where(condition: str, function: Callable[..., Any], outputs: tuple[int, ...]) -> Callable[..., Any]:
    """Return the function with results that are wrong if a condition holds.

    `outputs` are the places of arrays and numbers in a tuple of results; none if the function returns only one value.
    """
    holds = CONDITIONS[condition].make()
    ages: list[tuple[object, int]] = []  # of what it has returned; held, so that nothing takes an old one's place

    def wrong(*args: Any, **kwargs: Any) -> Any:
        given = (*args, *kwargs.values())
        age = max((age for old, age in ages if any(each is old for each in given)), default=0)
        spoil = holds(given, age)
        result = function(*args, **kwargs)
        if not outputs:
            return spoiled(result) if spoil else result
        ages.extend((each, age + 1) for place, each in enumerate(result) if place not in outputs)
        return tuple(spoiled(each) if spoil and place in outputs else each for place, each in enumerate(result))

    return wrong


def spoiled(value: Any) -> Any:
    """Return a value of the same form that is wrong everywhere."""
    if isinstance(value, dict):
        return {key: spoiled(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [spoiled(each) for each in value]
    array = np.asarray(value)
    return ~array if array.dtype.kind == "b" else 2 * array + 1
