"""Note in a book what comes of each misconception: its code is run through the checks of the function it is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import msgspec
import numpy as np

from autograder.answers.errors import CourseError
from autograder.answers.load import load_module
from autograder.array import unpack
from autograder.ask.misconceptions import Misconception, Misconceptions
from autograder.behaviour import Behaviour, Belief, Broken, Right
from autograder.book import Book, Check
from autograder.catalogue import Exercise
from autograder.claims import Close
from autograder.diagnose.observe import Observation, as_fit, as_values, observe
from autograder.judge.tolerance import compare
from autograder.script import Generator, Mapping, Script, Value
from autograder.worker.run import run

OTHER_DRAWS = 1  # added to the seeds of all generators: what changes with it is left to chance


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
    for misconception in found:
        with overridden(solution, misconception):
            for number, check in enumerate(checks):
                if check.function == misconception.function:
                    noted = check.behaviours | {misconception.id: _behaviours(check, solution)}
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


def _behaviours(check: Check, solution: ModuleType) -> tuple[Behaviour, ...]:
    first = observe(check, run(check.script, vars(solution), str(solution.__file__), ""))
    if not _is_random(check.script):
        return tuple(_behaviour(observed, observed) for observed in first)
    other = msgspec.structs.replace(check, script=_other_draws(check.script))
    second = observe(other, run(other.script, vars(solution), str(solution.__file__), ""))
    return tuple(_behaviour(one, another) for one, another in zip(first, second, strict=True))


def _behaviour(observed: Observation, again: Observation) -> Behaviour:
    """Return what is seen at a claim; `again` is the same with other random numbers."""
    assessment = observed.assessment
    if assessment.left_out is not None:
        return Broken("left out", "")
    if assessment.reason is None and not assessment.mend:
        return Right()
    if (broken := observed.broken()) is not None:
        return broken
    if not isinstance(observed.claim, Close):
        return observed.scores() or Broken("left out", "")
    values, others = as_values(observed), as_values(again)
    if values is None:
        return Broken("left out", "")
    if others is not None and _alike(unpack(values.actual), unpack(others.actual)):
        return values
    return as_fit(observed) or values


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and compare("", actual=one, expected=other, scale=None, single=False) is None


def _is_random(script: Script) -> bool:
    return any(_generators(value) for call in script.calls for value in (*call.args, *call.kwargs.values()))


def _generators(value: Value) -> bool:
    if isinstance(value, Mapping):
        return any(map(_generators, value.items.values()))
    return isinstance(value, Generator)


def _other_draws(script: Script) -> Script:
    def other(value: Value) -> Value:
        if isinstance(value, Generator):
            return msgspec.structs.replace(value, seed=value.seed + OTHER_DRAWS)
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
