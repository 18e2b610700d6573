"""False alarms: `python -m benchmarks.alarms [EXERCISE ...] [--seeds 60] [--first 1]`.

The solution and all accepted submissions, which are right and draw their random numbers in ways of their own, are
graded with one course seed after the other: whatever they lose is a false alarm. Without names, all exercises are
graded that have functions that draw.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from autograder.course import ExerciseFolder, find_exercises
from autograder.course_key import seeded
from autograder.grading import open_grader, single_file
from autograder.processes import ONE_THREAD
from autograder.recording.record import record_answers
from autograder.sandbox import BARE, Sandbox
from benchmarks.measure import ROOT, table


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarms:
    """What right submissions to an exercise got: verdicts by function, and which of them are false alarms.

    `drawing` are functions that a random generator is passed to, or to what they are built on.
    """

    verdicts: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    drawing: set[str] = field(default_factory=set)


def count(exercise: ExerciseFolder, seeds: Iterable[int], *, always: bool) -> Alarms:
    """Grade all right submissions with each seed; none where no function draws, unless it is `always`."""
    files = [exercise.solution, *exercise.submissions("accepted")]
    alarms = Alarms()
    for seed in seeds:
        key, _ = record_answers(exercise, seeded(seed))
        alarms.drawing.update(check.function for check in key.checks if check.random)
        if not alarms.drawing and not always:
            break
        grader = open_grader(key)
        with Sandbox(grader.limits, BARE) as sandbox:
            for file in files:
                record = grader.grade(single_file("anybody", exercise.name, file.read_bytes()), sandbox).record
                for check in record.checks:
                    alarms.verdicts[check.function] += 1
                    if check.status != "passed":
                        alarms.false[check.function] += 1
                        alarms.lines.append(f"- seed {seed}, {file}: {check.id} {check.status}: {check.message}\n")
    return alarms


def measure(names: Sequence[str], seeds: Iterable[int]) -> str:
    """Return a table of all functions, and a list of the false alarms."""
    rows, lines = [], []
    for exercise in find_exercises(ROOT, names):
        alarms = count(exercise, seeds, always=bool(names))
        lines += alarms.lines
        for function, verdicts in alarms.verdicts.items():
            draws = "yes" if function in alarms.drawing else "no"
            rows.append([f"{exercise.name}.{function}", draws, f"{verdicts:,}", str(alarms.false[function])])
    return table(["function", "draws", "verdicts", "false alarms"], rows) + "".join(lines)


def main() -> None:
    """Measure, and print Markdown."""
    os.environ.update(ONE_THREAD)  # PyTorch's threads would only wait for one another
    parser = argparse.ArgumentParser(description="Count false alarms, and print Markdown.")
    parser.add_argument("exercise", nargs="*")
    parser.add_argument("--seeds", type=int, default=60, help="how many course seeds")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    given = parser.parse_args()
    print(measure(given.exercise, range(given.first, given.first + given.seeds)), end="")


if __name__ == "__main__":
    main()
