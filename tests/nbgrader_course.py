"""An nbgrader course folder for tests: released by the real command, and graded by nbgrader's own."""

from __future__ import annotations

import ast
import json
import os
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

from autograder.course import DEFAULT_SEED
from tests import warm
from tests.conftest import autograder
from tests.programs import program

SCORES = """
SELECT student.id, assignment.name, base_cell.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade
FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
JOIN student ON student.id = submitted_assignment.student_id
"""


@dataclass(frozen=True)
class Score:
    """A graded cell's row in the gradebook."""

    auto: float | None
    manual: float | None
    waits: bool


@dataclass(frozen=True)
class Course:
    """A course folder."""

    root: Path

    def nbgrader(self, *arguments: str, expect: int = 0) -> str:
        """Run a command of nbgrader's in the course folder, and return what it said."""
        environment = os.environ | {"JUPYTER_ALLOW_INSECURE_WRITES": "1", "HOME": str(self.root)}
        result = warm.run("nbgrader", warm.BIN / "nbgrader", *arguments, cwd=self.root, env=environment)
        assert result.returncode == expect, result.stderr
        return result.stdout + result.stderr

    def folder(self, student: str, exercise: str) -> Path:
        """Return a student's folder for an exercise, made if need be."""
        place = self.root / "submitted" / student / exercise
        place.mkdir(parents=True, exist_ok=True)
        return place

    def notebook(self, exercise: str) -> dict:
        """Return the released notebook."""
        return json.loads((self.root / "release" / exercise / f"{exercise}.ipynb").read_text("utf-8"))

    def hand_in(self, student: str, exercise: str, module: str | None = None, notebook: object = None) -> Path:
        """Hand in a file, a notebook, or both."""
        place = self.folder(student, exercise)
        if module is not None:
            (place / f"{exercise}.py").write_text(module, "utf-8")
        if notebook is not None:
            text = notebook if isinstance(notebook, str) else json.dumps(notebook)
            (place / f"{exercise}.ipynb").write_text(text, "utf-8")
        return place

    def scores(self, table: str = "gradebook.db") -> dict[tuple[str, str, str], Score]:
        """Return the gradebook's scores by student, exercise and cell."""
        with sqlite3.connect(self.root / table) as database:
            rows = database.execute(SCORES).fetchall()
        return {(one, two, three): Score(auto, manual, bool(waits)) for one, two, three, auto, manual, waits in rows}

    def change(self, statement: str, *values: object) -> None:
        """Change the gradebook as a person in front of formgrader does."""
        with sqlite3.connect(self.root / "gradebook.db") as database:
            assert database.execute(statement, values).rowcount


def make_course(root: Path, *exercises: str) -> Course:
    """Release exercises into a new course folder, as the page for instructors says."""
    course = Course(root=root)
    result = autograder("release", *exercises, "--nbgrader", root)
    assert result.returncode == 0, result.stderr
    config = root / "nbgrader_config.py"
    line = config.read_text("utf-8").removesuffix(")\n")  # switches our grading on; the repository has no course key
    config.write_text(f"{line}, seed={DEFAULT_SEED})\n", "utf-8")
    for exercise in exercises:
        course.nbgrader("generate_assignment", exercise)
    return course


def filled(notebook: dict, module: str) -> dict:
    """Return the notebook with a file's functions in its solution cells, or, where the file is no Python, in a cell."""
    try:
        body = ast.parse(module).body
    except SyntaxError:
        return with_cells(notebook, module)
    functions = {node.name: ast.get_source_segment(module, node) for node in body if isinstance(node, ast.FunctionDef)}
    rest = [ast.get_source_segment(module, node) for node in body if not isinstance(node, ast.FunctionDef)]
    names = {f"solution-{name}" for name in functions}
    cells = [dict(cell) for cell in notebook["cells"]]
    marks = [cell["metadata"].get("nbgrader", {}).get("grade_id", "") for cell in cells]
    helpers = [text for name, text in functions.items() if f"solution-{name}" not in marks]
    for cell, mark in zip(cells, marks, strict=True):
        if mark in names:
            cell["source"] = functions[mark.removeprefix("solution-")]
        elif mark == "setup":
            cell["source"] = "\n\n".join([*rest, *helpers])
    return notebook | {"cells": cells}


def with_cells(notebook: dict, *sources: str, kind: str = "code") -> dict:
    """Return the notebook with cells of the student's own at its end."""
    extra = {"outputs": [], "execution_count": None} if kind == "code" else {}
    cells = [
        {"cell_type": kind, "id": f"own-{number}", "metadata": {}, "source": source, **extra}
        for number, source in enumerate(sources)
    ]
    return notebook | {"cells": [*notebook["cells"], *cells]}


def browser(*arguments: str) -> str:
    """Open a page in Chromium, and return what it prints."""
    command = [
        program("chromium"),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=8000",
        *arguments,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
