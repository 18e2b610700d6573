"""Note in a book what comes of each misconception: its code is run through the checks of the function it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType

import msgspec
import numpy as np

from autograder.answers.errors import CourseError
from autograder.answers.load import load_module
from autograder.answers.rounding import rounded
from autograder.array import Array, pack, unpack
from autograder.ask.misconceptions import Misconception, Misconceptions
from autograder.behaviour import Behaviour, Belief, Open, Right, Sampled, Values
from autograder.book import Book, Check
from autograder.catalogue import Exercise
from autograder.diagnose.observe import Observation, as_values, observe
from autograder.judge.tolerance import compare
from autograder.script import Generator, Mapping, Script, Value, is_random
from autograder.trace import Arrays, Outcome, Received, Returned
from autograder.worker.run import run

FEW = 5  # digits of numbers that chance shapes
RUNS = 12  # with other random numbers each: what differs among them is left to chance


def misconceptions_of(exercise: Exercise) -> list[Misconception]:
    """Return the misconceptions of an exercise; one without such a file has none."""
    path = exercise.folder / "misconceptions.py"
    if not path.is_file():
        return []
    wrong = getattr(load_module(path), "wrong", None)
    if not isinstance(wrong, Misconceptions):
        raise CourseError(f"{path} defines no `wrong = Misconceptions()`")
    return wrong.found


def with_behaviours(book: Book, exercise: Exercise) -> Book:
    """Return the book with its beliefs, and with what comes of them in its checks."""
    found = misconceptions_of(exercise)
    solution = load_module(exercise.solution)
    checks = list(book.checks)
    fixed = [_is_fixed(check.script, solution) for check in checks]
    for misconception in found:
        with overridden(solution, misconception):
            for number, check in enumerate(checks):
                if check.function == misconception.function:
                    noted = check.behaviours | {misconception.id: _behaviours(check, solution, fixed=fixed[number])}
                    checks[number] = msgspec.structs.replace(check, behaviours=noted)
    return msgspec.structs.replace(book, checks=tuple(checks), beliefs=tuple(map(_belief, found)))


@contextmanager
def overridden(solution: ModuleType, misconception: Misconception) -> Iterator[None]:
    """Put a misconception's functions in the place of the solution's, for all of its functions to use."""
    right = {name: vars(solution).get(name) for name in misconception.overrides}
    vars(solution).update(misconception.overrides)
    try:
        yield
    finally:
        vars(solution).update(right)


def _belief(misconception: Misconception) -> Belief:
    return Belief(
        misconception.id,
        misconception.function,
        misconception.belief,
        misconception.hints,
        misconception.combines,
        misconception.like,
    )


def _is_fixed(script: Script, solution: ModuleType) -> bool:
    """Say whether right results do not depend on the random numbers, or there are none."""
    if not is_random(script):
        return True
    one, other = (run(other_draws(script, shift), vars(solution), {}).outcomes for shift in (0, 1))
    return all(map(_same_outcome, one, other))


def _same_outcome(one: Outcome, other: Outcome) -> bool:
    if not isinstance(one, Returned) or not isinstance(other, Returned):
        return type(one) is type(other)
    return all(_same_output(value, other.outputs[name]) for name, value in one.outputs.items())


def _same_output(one: Received, other: Received) -> bool:
    if isinstance(one, Array) and isinstance(other, Array):
        return _alike(Values(one), Values(other))
    if isinstance(one, Arrays) and isinstance(other, Arrays):
        return len(one.items) == len(other.items) and all(map(_same_output, one.items, other.items))
    return one == other


def _behaviours(check: Check, solution: ModuleType, *, fixed: bool) -> tuple[Behaviour, ...]:
    """Return what is seen at each claim; where it is not fixed by the inputs, over several runs."""
    runs = _runs(check, solution, range(2 if fixed else RUNS))
    if fixed and not all(map(_same, *runs)):
        runs += _runs(check, solution, range(2, RUNS))
    return tuple(_behaviour(observed) for observed in zip(*runs, strict=True))


def _runs(check: Check, solution: ModuleType, shifts: range) -> list[list[Observation]]:
    """Return what is seen in runs with other random numbers each."""
    runs = []
    for shift in shifts:
        again = msgspec.structs.replace(check, script=other_draws(check.script, shift))
        runs.append(observe(again, run(again.script, vars(solution), {str(solution.__file__): ""})))
    return runs


def _same(one: Observation, other: Observation) -> bool:
    first, second = as_values(one), as_values(other)
    if first is not None and second is not None:
        return _alike(first, second)
    return (one.broken, one.features) == (other.broken, other.features)


def _behaviour(runs: Sequence[Observation]) -> Behaviour:
    if any(each.assessment.left_out is not None for each in runs):
        return Open()
    if all(each.assessment.reason is None and not each.assessment.mend for each in runs):
        return Right()
    kinds = {each.broken for each in runs}
    kinds_of_error = {kind for kind in kinds if kind is not None and kind.kind != "property"}
    if kinds_of_error:
        (kind, *others) = kinds
        return Open() if others or kind is None else kind
    values = [as_values(each) for each in runs]
    if values[0] is not None and all(other is not None and _alike(values[0], other) for other in values):
        return Values(pack(rounded(unpack(values[0].actual).astype(np.float64))))
    return _sampled(runs)


def _sampled(runs: Sequence[Observation]) -> Behaviour:
    found = [each.features for each in runs]
    if any(each is None for each in found):
        return Open()
    numbers = np.array(found)
    means, deviations = rounded(numbers.mean(axis=0), FEW), rounded(numbers.std(axis=0), FEW)
    always = all(each.assessment.reason is not None for each in runs)
    return Sampled(tuple(means.tolist()), tuple(deviations.tolist()), always)


def _alike(one: Values, other: Values) -> bool:
    actual, expected = unpack(one.actual), unpack(other.actual)
    if actual.shape != expected.shape:
        return False
    return compare("", actual=actual, expected=expected, scale=None, single=False) is None


def other_draws(script: Script, shift: int) -> Script:
    """Return the script with other seeds for all of its generators."""

    def other(value: Value) -> Value:
        if isinstance(value, Generator):
            return msgspec.structs.replace(value, seed=value.seed + shift)
        if isinstance(value, Mapping):
            return Mapping({key: other(item) for key, item in value.items.items()})
        return value

    calls = tuple(
        msgspec.structs.replace(
            call,
            args=tuple(map(other, call.args)),
            kwargs={name: other(value) for name, value in call.kwargs.items()},
        )
        for call in script.calls
    )
    return Script(calls)
