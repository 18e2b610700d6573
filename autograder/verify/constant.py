"""Answer every check with constants, whatever is asked: they must earn nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.answers.load import load_module
from autograder.array import Array, pack, unpack
from autograder.book import Book, Check
from autograder.catalogue import Exercise
from autograder.judge.judge import judge
from autograder.judge.settle import settle
from autograder.trace import Arrays, Outcome, Raised, Received, Returned, Trace
from autograder.verify.defect import Defect
from autograder.worker.run import run

Fill = Callable[[np.ndarray], np.ndarray]
FILLS: dict[str, Fill] = {
    "zeros": np.zeros_like,
    "ones": np.ones_like,
    "0, 1, 2, ...": lambda values: np.arange(values.size, dtype=values.dtype).reshape(values.shape),
}


def check_constants(exercise: Exercise, book: Book) -> Iterator[Defect]:
    """Put constants of the right shapes in the place of the solution's results; its refusals become results."""
    solution = load_module(exercise.solution)
    right = [(check, run(check.script, vars(solution), {str(exercise.solution): ""})) for check in book.checks]
    for name, fill in FILLS.items():
        constant = [(check, _filled(trace, fill)) for check, trace in right]
        changed = {
            check.function for (check, before), (_, after) in zip(right, constant, strict=True) if before != after
        }
        verdicts = settle(constant, [judge(check, trace) for check, trace in constant])
        for (check, _), verdict in zip(constant, verdicts, strict=True):
            if verdict.status == "passed" and check.function in changed:
                yield _passed_by(exercise, check, name)


def _passed_by(exercise: Exercise, check: Check, name: str) -> Defect:
    return Defect(
        exercise=exercise.name,
        place=f"checks.py, {check.id}",
        fact=f"is passed by functions that always return {name}",
        mend="compare a value with the reference's too",
    )


def _filled(trace: Trace, fill: Fill) -> Trace:
    return Trace(tuple(_answer(outcome, fill) for outcome in trace.outcomes))


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
