"""Small exercises that a test writes down: recorded in this process, and run here or as a submission in a sandbox.

A check is a Python function with a docstring, as in an exercise's own files. `small` adds checks to functions, and
records them from functions that are right.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.authoring import Body, Exercise
from autograder.checking import (
    InProcessStudent,
    Run,
    Setting,
    Student,
    Verdict,
    Watchdog,
    expected_of,
    explain,
    run_check,
)
from autograder.course_key import seeded
from autograder.grading import Grader
from autograder.key import AnswerKey
from autograder.recording.fingerprints import Runner
from autograder.recording.record import _parameters, _Recorder
from autograder.verify.mutants import judge_namespace
from autograder.wire import Part

SEED = 7
Functions = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Small:
    """A recorded exercise; the functions of a submission are given by name, those that are not are the right ones."""

    exercise: Exercise
    key: AnswerKey
    right: Functions

    def run(self, name: str = "", **functions: Callable[..., Any]) -> Run:
        """Run one check by its id, or the only one, on functions in this process."""
        return self.run_on(InProcessStudent({**self.right, **functions}), name)

    def run_on(self, student: Student, name: str = "", watchdog: Watchdog | None = None) -> Run:
        """Run one check, or the only one, on a student who makes the calls in some way of their own."""
        name = name or self.key.checks[0].id
        (known,) = [check for check in self.key.checks if check.id == name]
        (check,) = [check for check in self.exercise.checks() if check.id == name]
        setting = Setting(
            draws_from=known.draws_from,
            number=0,
            recorded=expected_of(known.recorded),
            parameters=self.key.parameters,
            drawn={},
            watchdog=watchdog or Watchdog(),
        )
        return run_check(check, student, setting)

    def judge(self, **functions: Callable[..., Any]) -> dict[str, Verdict]:
        """Run and judge all checks on functions in this process."""
        runner = Runner(self.exercise, self.key)
        return dict(judge_namespace(self.exercise, runner, {**self.right, **functions}).verdicts)

    def tell(self, name: str = "", **functions: Callable[..., Any]) -> tuple[str, str]:
        """Return the status of one check, or the only one, and its message."""
        name = name or self.key.checks[0].id
        (check,) = [check for check in self.key.checks if check.id == name]
        verdict = self.judge(**functions)[name]
        signature = f"{check.function}({', '.join(self.key.parameters[check.function])})"
        return verdict.status, explain(verdict, check.function, check.visibility, signature)

    def grader(self) -> Grader:
        """Return a grader of submissions."""
        return Grader(self.key, self.exercise)


def small(
    *bodies: Body,
    right: Functions,
    returns: Mapping[str, str | Part | tuple[str | Part, ...]] | None = None,
    needs: Mapping[str, Sequence[str]] | None = None,
    visibility: str = "public",
    own: str = "",
) -> Small:
    """Return an exercise with checks of one function: `own`, or the first of those that are `right`.

    Parameters
    ----------
    bodies
        The checks.
    right
        The functions that the answers are recorded from, by name.
    returns
        What each function returns; without it, one value `y`.
    needs
        The functions that each function needs.
    """
    exercise, made = Exercise("small"), {}
    for name in right:
        needed = [made[other] for other in (needs or {}).get(name, ())]
        made[name] = exercise.function(name, returns=(returns or {}).get(name, "y"), needs=needed)
    exercise.loading_public = visibility == "public"
    for body in bodies:
        made[own or next(iter(right))].check(points=1)(body)
    return record(exercise, right)


def record(exercise: Exercise, right: Functions) -> Small:
    """Return an exercise with the answers of functions that are right."""
    reference: Any = types.ModuleType("reference")
    reference.__file__ = "reference.py"
    vars(reference).update(right)
    parameters = {name: _parameters(reference, name) for name in exercise.functions}
    key = AnswerKey(
        exercise=exercise.name,
        version="",
        seed=SEED,
        course_key=None,
        limits=exercise.limits,
        parameters=parameters,
        checks=tuple(map(_Recorder(reference, reference, seeded(SEED), parameters).check, exercise.checks())),
        hashes={},
    )
    return Small(exercise=exercise, key=key, right=right)


def raiser(error: BaseException) -> Callable[..., Any]:
    """Return a function that raises."""

    def function(*_: object, **__: object) -> None:
        raise error

    return function
