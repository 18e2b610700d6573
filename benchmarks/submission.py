"""What one submission of each exercise costs, and a student's check: `python -m benchmarks.submission`.

In turn: a fresh `python -c "import numpy"`, grading the right submission of each exercise in a warm slot, `autograder
--help`, and `autograder check` of the optimizers from start to verdict.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from autograder.catalogue import find_exercises
from autograder.grade.ask import questions
from autograder.grade.grade import grade
from autograder.grade.read import Submission
from autograder.worker.slot import Slot
from autograder.worker.surround import BARE
from benchmarks.course import Subject, subject
from benchmarks.measure import ROOT, command, interleave, ratios, show, spread, table, timed

IMPORT = "`python -c 'import numpy'`"


def measure(*, quick: bool) -> str:
    """Return the table."""
    names = ["normalization"] if quick else [exercise.name for exercise in find_exercises(ROOT, [])]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        actions = {IMPORT: command(sys.executable, "-c", "import numpy")}
        for matter in map(subject, names):
            slot = stack.enter_context(Slot(matter.book.limits, BARE))
            actions[f"{matter.exercise.name}, graded"] = grading(matter, slot)
        autograder = (sys.executable, "-m", "autograder.cli.main")
        actions["`autograder --help`"] = command(*autograder, "--help")
        checked = _solved(subject("normalization" if quick else "optimizers"), folder)
        actions["`autograder check`, start to verdict"] = command(*autograder, "check", checked)
        tasks = {name: timed(action) for name, action in actions.items()}
        return _table(interleave(tasks, rounds=2 if quick else 25))


def grading(matter: Subject, slot: Slot) -> Callable[[], object]:
    """Return an action that grades the right solution, and fails where that does not earn all points."""
    asked = questions(matter.book)
    submission = Submission(student="right", source=matter.source.encode(), error=None)

    def action() -> None:
        record = grade(matter.book, asked, submission, slot).record
        if record.score != record.max_score:
            raise RuntimeError(f"{record.exercise}: the solution earned {record.score} of {record.max_score} points")

    return action


def _solved(matter: Subject, folder: Path) -> Path:
    shutil.copy(matter.exercise.assignment / f"{matter.exercise.name}.book", folder)
    return Path(shutil.copy(matter.exercise.solution, folder))


def _table(seconds: dict[str, list[float]]) -> str:
    rows = [
        [name, spread(values).times(1000).text(1), ratios(values, seconds[IMPORT]).text(2)]
        for name, values in seconds.items()
    ]
    return table(["", "ms, median (quartiles)", "times the import"], rows)


if __name__ == "__main__":
    show(measure)
