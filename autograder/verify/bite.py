"""Run every misconception through every check: what it loses, where, whether it is named, how far off it is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType

from autograder.answers.load import load_module
from autograder.answers.misbehave import other_draws, overridden
from autograder.ask.misconceptions import Misconception
from autograder.book import Book, Check
from autograder.catalogue import Exercise
from autograder.diagnose.diagnose import diagnose, fitting
from autograder.findings import BadValues
from autograder.judge.settle import judge_all
from autograder.judge.verdict import Verdict
from autograder.trace import Trace
from autograder.verify.defect import Defect
from autograder.worker.run import run

UNSEEN = 1000  # added to the seeds of generators: draws that no recorded behaviour has seen
MARGIN = 100.0  # tolerances


@dataclass(kw_only=True, slots=True)
class Bites:
    """What the checks make of the misconceptions: `margins` are by check those of the nearest wrong values."""

    killed: int = 0
    named: int = 0
    margins: dict[str, float] = field(default_factory=dict)
    defects: list[Defect] = field(default_factory=list)


def check_misconceptions(exercise: Exercise, book: Book, misconceptions: list[Misconception]) -> Bites:
    """Run all of them."""
    solution, bites = load_module(exercise.solution), Bites()
    for misconception in misconceptions:
        with overridden(solution, misconception):
            traces = [(check, _run(check, solution)) for check in book.checks]
        bites.defects += _judged(exercise, misconception, traces, bites)
        bites.defects += _diagnosed(exercise, misconception, book, traces, bites)
    bites.defects += _idle(exercise, book, misconceptions, bites)
    return bites


def _run(check: Check, solution: ModuleType) -> Trace:
    return run(other_draws(check.script, UNSEEN), vars(solution), {str(solution.__file__): ""})


def _judged(
    exercise: Exercise, misconception: Misconception, traces: list[tuple[Check, Trace]], bites: Bites
) -> Iterator[Defect]:
    """Note what is lost."""
    verdicts = judge_all(traces)
    judged = zip(traces, verdicts, strict=True)
    lost = {check.id: (check, verdict) for (check, _), verdict in judged if verdict.status != "passed"}
    own = [name for name, (check, _) in lost.items() if check.function == misconception.function]
    for name, (_, verdict) in lost.items():
        bites.margins[name] = min(bites.margins.get(name, math.inf), _margin(verdict))
    elsewhere = [
        name
        for name, (check, verdict) in lost.items()
        if check.function not in misconception.overrides and verdict.status != "skipped"
    ]
    bites.killed += bool(own)
    if not own:
        yield Defect(
            exercise=exercise.name,
            place=f"misconceptions.py, {misconception.id}",
            fact="loses no points",
            mend="write a check that tells it from right code",
        )
    if elsewhere:
        yield Defect(
            exercise=exercise.name,
            place=f"misconceptions.py, {misconception.id}",
            fact=f"loses points of another function, in {', '.join(elsewhere)}",
            mend="carry its error forward in that check, or leave the failure out (provided_right)",
        )


def _margin(verdict: Verdict) -> float:
    """Return how many tolerances the worst value is off; what is of another kind is off without end."""
    reason = verdict.reason
    if not isinstance(reason, BadValues) or reason.allowed == 0:
        return math.inf
    return abs(reason.actual - reason.expected) / reason.allowed


def _diagnosed(
    exercise: Exercise,
    misconception: Misconception,
    book: Book,
    traces: list[tuple[Check, Trace]],
    bites: Bites,
) -> Iterator[Defect]:
    """Note whether it is recognised as itself, and by what it could be taken for another."""
    found = diagnose(book, misconception.function, traces)
    wanted = misconception.combines or (misconception.like or misconception.id,)
    if found is not None and set(found.ids) == set(wanted):
        bites.named += 1
        return
    others = [belief.id for belief in fitting(book, misconception.function, traces) if belief.id != misconception.id]
    instead = f"it is taken for {', '.join(found.ids)}" if found else "it gets no name"
    yield Defect(
        exercise=exercise.name,
        place=f"misconceptions.py, {misconception.id}",
        fact=f"is not diagnosed as itself: {instead}" + (f"; {', '.join(others)} fits as well" if others else ""),
        mend="write a check that tells them apart, or say like=... and because=...",
    )


def _idle(exercise: Exercise, book: Book, misconceptions: list[Misconception], bites: Bites) -> Iterator[Defect]:
    """Note checks that catch nothing or nearly nothing, and functions that nobody gets wrong."""
    for check in book.checks:
        margin = bites.margins.get(check.id)
        if margin is None:
            yield Defect(
                exercise=exercise.name,
                place=f"checks.py, {check.id}",
                fact="is failed by no misconception",
                mend="write down what it is there to catch, or drop the check",
            )
        elif margin < MARGIN:
            yield Defect(
                exercise=exercise.name,
                place=f"checks.py, {check.id}",
                fact=f"rejects wrong values that are only {margin:.3g} tolerances away, expected {MARGIN:g}",
                mend="choose inputs on which the mistake is larger",
            )
    for function in book.parameters:
        if not any(misconception.function == function for misconception in misconceptions):
            yield Defect(
                exercise=exercise.name,
                place="misconceptions.py",
                fact=f"has none about {function}",
                mend="write down what students get wrong there",
            )
