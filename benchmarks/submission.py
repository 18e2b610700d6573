"""What one submission of each exercise costs, and a student's check: `python -m benchmarks.submission [EXERCISE ...]`.

In turn: a fresh `python -c "import numpy"`, grading the right submission of each exercise in a warm sandbox, with
grader and worker on one core as executors have them, `autograder --help`, and `autograder check` of the optimizers from
start to verdict. Beside the time, it says how many calls of a student's functions grading makes.

Before and after in one run, for all exercises or some:

    python -m benchmarks.submission --against PATH [EXERCISE ...]

PATH is another checkout of this project, of whatever age, with a virtual environment `.venv` in it, as `make venv`
makes one. Both checkouts grade the same right submissions alternately; see `benchmarks.editions`. With `--quick`, the
few rounds only show that it works.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from autograder.course import PUBLIC_CHECKS
from autograder.grading import open_grader, single_file
from autograder.grading.students import SandboxedStudent
from autograder.key import SUFFIX, write_key
from autograder.sandbox import BARE, Sandbox
from benchmarks import editions
from benchmarks.course import Subject, exercise_names, subject
from benchmarks.measure import command, interleave, on_one_core, one_core, ratios, spread, table, timed

IMPORT = "`python -c 'import numpy'`"


def main() -> None:
    """Measure, and print Markdown."""
    parser = argparse.ArgumentParser(description="Measure what a submission costs, and print Markdown.")
    parser.add_argument("exercise", nargs="*", help="only these exercises; without one, all")
    parser.add_argument("--quick", action="store_true", help="few rounds, and one exercise if none is named")
    parser.add_argument("--against", type=Path, metavar="PATH", help="compare with another checkout of this project")
    words = parser.parse_args()
    if unknown := [name for name in words.exercise if name not in exercise_names()]:
        parser.error(f"{', '.join(unknown)}: no such exercise; there are {', '.join(exercise_names())}")
    if words.against is None:
        print(measure(quick=words.quick, exercises=words.exercise), end="")
    else:
        exercises = _chosen(words.exercise, quick=words.quick)
        print(editions.compare(words.against, exercises, rounds=3 if words.quick else 25), end="")


def measure(*, quick: bool, exercises: Sequence[str] = ()) -> str:
    """Return the table, for some exercises or all."""
    names = _chosen(exercises, quick=quick)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        tasks = {IMPORT: timed(command(sys.executable, "-c", "import numpy"))}
        calls: dict[str, int] = {}
        for matter in map(subject, names):
            with one_core():
                sandbox = stack.enter_context(Sandbox(matter.key.limits, BARE))
            action, label = grading(matter, sandbox), f"{matter.exercise.name}, graded"
            calls[label] = _count_calls(action)
            tasks[label] = on_one_core(timed(action))
        autograder = (sys.executable, "-m", "autograder.cli.main")
        tasks["`autograder --help`"] = timed(command(*autograder, "--help"))
        checked = _solved(subject("optimizers" if "optimizers" in names else names[0]), folder)
        tasks["`autograder check`, start to verdict"] = timed(command(*autograder, "check", checked))
        seconds = interleave(tasks, rounds=2 if quick else 25)
    rows = [
        [
            name,
            spread(values).times(1000).text(1),
            ratios(values, seconds[IMPORT]).text(2),
            f"{calls[name]:,}" if name in calls else "",
        ]
        for name, values in seconds.items()
    ]
    return table(["", "ms, median (quartiles)", "times the import", "student calls"], rows)


def grading(matter: Subject, sandbox: Sandbox) -> Callable[[], object]:
    """Return an action that grades the right solution, and fails where that does not earn all points."""
    grader = open_grader(matter.key)
    submission = single_file("right", matter.exercise.name, matter.source.encode())

    def action() -> None:
        record = grader.grade(submission, sandbox).record
        if record.score != record.max_score:
            raise RuntimeError(f"{record.exercise}: the solution earned {record.score} of {record.max_score} points")

    return action


def _count_calls(action: Callable[[], object]) -> int:
    """Return how many calls of a student's functions an action makes."""
    made: list[str] = []
    make = SandboxedStudent.call

    def counted(student: SandboxedStudent, call: Any, answer: Any) -> Any:
        made.append(call.function)
        return make(student, call, answer)

    with patch.object(SandboxedStudent, "call", counted):
        action()
    return len(made)


def _chosen(exercises: Sequence[str], *, quick: bool) -> Sequence[str]:
    return exercises or (["normalization"] if quick else exercise_names())


def _solved(matter: Subject, folder: Path) -> Path:
    """Make an assignment as students get it, but solved; return the student's file."""
    exercise = matter.exercise
    shutil.copy(exercise.folder / PUBLIC_CHECKS, folder)
    for file in exercise.data:
        folder.joinpath("data").mkdir(exist_ok=True)
        shutil.copy(file, folder / "data")
    write_key(matter.students_key, folder / f"{exercise.name}{SUFFIX}")
    return Path(shutil.copy(exercise.solution, folder))


if __name__ == "__main__":
    main()
