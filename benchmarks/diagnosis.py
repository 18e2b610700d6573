"""What naming mistakes costs a class: `python -m benchmarks.diagnosis`.

The example class, without the two students whose code waits for limits, is graded with diagnosis and without it, each
submission in both ways in turn.
"""

from __future__ import annotations

import contextlib
import time
from unittest.mock import patch

from autograder import diagnosis
from autograder.grading import Grader, open_grader, single_file
from autograder.sandbox import BARE, Sandbox
from benchmarks.course import class_sources, exercise_names, subject
from benchmarks.measure import one_core, show, table

WITH, WITHOUT = "with diagnosis", "without"


def measure(*, quick: bool) -> str:
    """Return the table."""
    rounds = 1 if quick else 3
    seconds, named = {WITH: 0.0, WITHOUT: 0.0}, {WITH: 0, WITHOUT: 0}
    for name in ["normalization"] if quick else exercise_names():
        grader, sources = open_grader(subject(name).key), class_sources(name)
        if not sources:  # the class has not come to this exercise
            continue
        with one_core(), Sandbox(grader.limits, BARE) as sandbox:
            _grade(grader, sources[0], sandbox)  # a worker's first submission pays for its start
            for source in sources:
                for way in [WITH, WITHOUT] * rounds:
                    with (
                        contextlib.nullcontext() if way == WITH else patch.object(diagnosis, "diagnose", _no_diagnosis)
                    ):
                        taken, functions = _grade(grader, source, sandbox)
                    seconds[way] += taken / rounds
                    named[way] += functions
    rows = [
        [way, f"{seconds[way]:.2f}", str(named[way] // rounds), f"{seconds[way] / seconds[WITHOUT]:.3f}"]
        for way in (WITH, WITHOUT)
    ]
    return table(["the example class", "seconds", "functions named", "ratio"], rows)


def _no_diagnosis(*_: object) -> None:
    """Stand in for `diagnose`, and name nothing."""


def _grade(grader: Grader, source: bytes, sandbox: Sandbox) -> tuple[float, int]:
    """Return the seconds that grading took, and in how many functions a mistake was named."""
    submission = single_file("anybody", grader.exercise, source)
    start = time.perf_counter()
    record = grader.grade(submission, sandbox).record
    seconds = time.perf_counter() - start
    return seconds, len({check.function for check in record.checks if check.diagnosis})


if __name__ == "__main__":
    show(measure)
