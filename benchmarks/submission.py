"""What one submission costs: `python -m benchmarks.submission`.

Side by side in one run, interleaved so that a busy machine slows all of them alike: a fresh `python -c "import numpy"`,
grading one right submission of each exercise in a warm slot, `autograder --help`, and `autograder check` from start to
verdict. Medians, with the quartiles, and the multiple of the import.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from autograder.answers.library import open_books
from autograder.catalogue import Exercise, find_exercises
from autograder.cli.main import DEFAULT_SEED
from autograder.grade.ask import questions
from autograder.grade.grade import grade
from autograder.grade.read import Submission
from autograder.worker.slot import Slot
from autograder.worker.surround import BARE

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 25


def main() -> None:
    """Measure, and print a table."""
    exercises = find_exercises(ROOT, [])
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        tasks: dict[str, Callable[[], object]] = {"python -c 'import numpy'": _run("-c", "import numpy")}
        for exercise, book in zip(exercises, open_books(exercises, DEFAULT_SEED), strict=True):
            slot = stack.enter_context(Slot(book.limits, BARE))
            tasks[f"grade {exercise.name}"] = _grading(exercise, book, slot)
        tasks["autograder --help"] = _run("-m", "autograder.cli.main", "--help")
        tasks["autograder check"] = _run("-m", "autograder.cli.main", "check", str(_solved(exercises[0], folder)))
        _print(_measure(tasks))


def _grading(exercise: Exercise, book, slot: Slot) -> Callable[[], object]:  # noqa: ANN001  # a Book
    asked = questions(book)
    submission = Submission(student="right", source=exercise.solution.read_bytes(), error=None)

    def task() -> None:
        record = grade(book, asked, submission, slot).record
        if record.score != record.max_score:
            raise RuntimeError(f"{exercise.name}: the solution earned {record.score}")

    return task


def _run(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def _solved(exercise: Exercise, folder: Path) -> Path:
    shutil.copy(exercise.assignment / f"{exercise.name}.book", folder)
    return Path(shutil.copy(exercise.solution, folder))


def _measure(tasks: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            started = time.perf_counter()
            task()
            seconds[name].append(time.perf_counter() - started)
    return seconds


def _print(seconds: dict[str, list[float]]) -> None:
    unit = statistics.median(next(iter(seconds.values())))
    print(f"{'':28} {'median ms':>10} {'quartiles ms':>16} {'x import':>9} {'a second':>9}")
    for name, values in seconds.items():
        low, median, high = statistics.quantiles(values, n=4)
        spread = f"{low * 1e3:.1f} - {high * 1e3:.1f}"
        print(f"{name:28} {median * 1e3:10.1f} {spread:>16} {median / unit:9.2f} {1 / median:9.1f}")


if __name__ == "__main__":
    main()
