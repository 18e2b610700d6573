"""Graders that take a whole class at once: `autograder grade` and `nbgrader autograde`.

Measured are a class of some size and one of twice that size, each in a fresh folder; the difference, divided by the
number of submissions, is the marginal cost: what one more costs, without the start of the command.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from autograder.course import DEFAULT_SEED
from autograder.key import AnswerKey
from benchmarks.course import Subject, make_class
from benchmarks.environments import environment
from benchmarks.equivalent import PACKAGE, named_checks, write_checks
from benchmarks.measure import ROOT, command
from benchmarks.notebooks import notebook
from benchmarks.peer import Cost

SETUP = f"from types import SimpleNamespace\nimport {PACKAGE} as checks"
CONFIGURATION = 'c = get_config()\nc.CourseDirectory.course_id = "benchmark"\n'


class Ours:
    """`autograder grade --jobs 1`."""

    name = "autograder"

    def __init__(self, folder: Path, matter: Subject, size: int) -> None:
        self._folder = folder
        self._exercise = matter.exercise.name
        self._size = size

    def grade(self, source: str) -> Cost:
        """Grade a class, and one of twice the size."""
        return _marginal(lambda size: self._grade(source, size), self._size, self._folder)

    def _grade(self, source: str, size: int) -> Callable[[Path], Cost]:
        def action(place: Path) -> Cost:
            make_class(place / "class", self._exercise, [source.encode()], size)
            words = [
                "--seed",
                str(DEFAULT_SEED),
                "--submissions",
                place / "class",
                "--output",
                place / "out",
                "--jobs",
                "1",
                "--course",
                ROOT,
            ]
            run = command(sys.executable, "-m", "autograder.cli.main", "grade", self._exercise, *words)
            started = time.perf_counter()
            run()
            seconds = time.perf_counter() - started
            lines = (place / "out" / "results.jsonl").read_text("utf-8").splitlines()
            points = [float(json.loads(line)["score"]) for line in lines]
            return Cost(seconds=seconds, points=min(points) if len(points) == size else 0.0)

        return action


class Nbgrader:
    """`nbgrader autograde` on a course folder with a gradebook: a notebook with a graded cell for each check."""

    name = "nbgrader"

    def __init__(self, folder: Path, matter: Subject, stub: str, size: int) -> None:
        self._folder = folder
        self._key = matter.key
        self._size = size
        self._commands = environment("nbgrader")
        course = folder / "course"
        source = course / "source" / self._key.exercise
        source.mkdir(parents=True)
        write_checks(matter, source)
        source.joinpath(f"{self._key.exercise}.ipynb").write_text(_graded_notebook(self._key, stub), "utf-8")
        course.joinpath("nbgrader_config.py").write_text(CONFIGURATION, "utf-8")
        self._nbgrader("generate_assignment", course)()

    def grade(self, source: str) -> Cost:
        """Grade a class, and one of twice the size."""
        return _marginal(lambda size: self._grade(source, size), self._size, self._folder)

    def _grade(self, source: str, size: int) -> Callable[[Path], Cost]:
        def action(place: Path) -> Cost:
            course = Path(shutil.copytree(self._folder / "course", place / "course"))
            for number in range(size):
                home = course / "submitted" / f"student{number}" / self._key.exercise
                home.mkdir(parents=True)
                home.joinpath(f"{self._key.exercise}.ipynb").write_text(_graded_notebook(self._key, source), "utf-8")
            run = self._nbgrader("autograde", course)
            started = time.perf_counter()
            run()
            seconds = time.perf_counter() - started
            points = _points_in(course / "gradebook.db")
            return Cost(seconds=seconds, points=min(points.values()) if len(points) == size else 0.0)

        return action

    def _nbgrader(self, what: str, course: Path) -> Callable[[], object]:
        environ = os.environ | {"PATH": f"{self._commands}:{os.environ['PATH']}"}  # it looks for alembic there
        return command(self._commands / "nbgrader", what, self._key.exercise, cwd=course, environ=environ)


def _marginal(grade: Callable[[int], Callable[[Path], Cost]], size: int, folder: Path) -> Cost:
    costs = []
    for count in (size, 2 * size):
        with tempfile.TemporaryDirectory(dir=folder) as place:
            costs.append(grade(count)(Path(place)))
    one, two = costs
    return Cost(seconds=(two.seconds - one.seconds) / size, points=min(one.points, two.points))


def _graded_notebook(key: AnswerKey, source: str) -> str:
    checks = named_checks(key)
    tests = [f"checks.{check.name}(SimpleNamespace(**globals()))" for check in checks]
    metadata = [_cell("solution", solution=True), _cell("setup")]
    metadata += [_cell(check.name, points=check.points) for check in checks]
    return notebook([source, SETUP, *tests], [{"nbgrader": cell} for cell in metadata])


def _cell(name: str, *, solution: bool = False, points: float | None = None) -> dict[str, object]:
    cell: dict[str, object] = {
        "grade_id": name,
        "solution": solution,
        "locked": not solution,
        "grade": points is not None,
    }
    cell |= {"schema_version": 3, "task": False, "cell_type": "code"}
    return cell | ({} if points is None else {"points": points})


def _points_in(gradebook: Path) -> dict[str, float]:
    query = """
        select submitted_assignment.student_id, sum(grade.auto_score) from grade
        join submitted_notebook on submitted_notebook.id = grade.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
        where not grade.needs_manual_grade group by submitted_assignment.student_id
    """
    with closing(sqlite3.connect(gradebook)) as connection:
        return dict(connection.execute(query).fetchall())
