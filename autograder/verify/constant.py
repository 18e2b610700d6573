"""Answer every check with constants, whatever is asked: they must earn nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

import numpy as np

from autograder.answers.load import load_module
from autograder.array import Array, pack, unpack
from autograder.book import Book, Check
from autograder.catalogue import Exercise
from autograder.judge.evidence import Answers
from autograder.judge.settle import judge_all
from autograder.trace import Arrays, Outcome, Raised, Received, Returned, Trace
from autograder.verify.defect import Defect
from autograder.worker.run import run

Fill = Callable[[np.ndarray], np.ndarray]
FILLS: dict[str, Fill] = {
    "zeros": np.zeros_like,
    "ones": np.ones_like,
    "0, 1, 2, ...": lambda values: np.arange(values.size).astype(values.dtype).reshape(values.shape),
}


def check_constants(exercise: Exercise, book: Book) -> Iterator[Defect]:
    """Put constants in the place of the solution's results, of all functions and of each alone.

    They have the right shapes; refusals become results.
    """
    solution = load_module(exercise.solution)
    right = [(check, run(check.script, vars(solution), {str(exercise.solution): ""})) for check in book.checks]
    for name, fill in FILLS.items():
        for functions in ({*book.parameters}, *({function} for function in book.parameters)):
            constant = [(check, _filled(check, trace, fill, functions)) for check, trace in right]
            yield from (_passed_by(exercise, check, name) for check in _passed(right, constant, functions))


def _passed(right: Answers, constant: Answers, functions: Set[str]) -> Iterator[Check]:
    """Yield the checks that functions pass although constants are not what they give."""
    changed = {check.function for (check, before), (_, after) in zip(right, constant, strict=True) if before != after}
    verdicts = judge_all(constant)
    for (check, _), verdict in zip(constant, verdicts, strict=True):
        if verdict.status == "passed" and check.function in changed & functions:
            yield check


def _passed_by(exercise: Exercise, check: Check, name: str) -> Defect:
    return Defect(
        exercise=exercise.name,
        place=f"checks.py, {check.id}",
        fact=f"is passed by functions that always return {name}",
        mend="compare a value with the reference's too",
    )


def _filled(check: Check, trace: Trace, fill: Fill, functions: Set[str]) -> Trace:
    outcomes = zip(check.script.calls, trace.outcomes, strict=True)
    return Trace(tuple(_answer(outcome, fill) if call.function in functions else outcome for call, outcome in outcomes))


def _answer(outcome: Outcome, fill: Fill) -> Outcome:
    if isinstance(outcome, Raised):
        return Returned({})
    if not isinstance(outcome, Returned):
        return outcome
    return Returned({name: _values(received, fill) for name, received in outcome.outputs.items()})


def _values(received: Received, fill: Fill) -> Received:
    if isinstance(received, Arrays):
        return Arrays(tuple(pack(fill(unpack(item))) for item in received.items))
    return pack(fill(unpack(received))) if isinstance(received, Array) else received
