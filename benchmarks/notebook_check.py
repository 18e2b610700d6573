"""What `check` costs on a notebook and on a file: `python -m benchmarks.notebook_check`.

In turn, in one process: the optimizers, solved, checked as a `.py` file; as a notebook; as a notebook with cells of the
student's own that compute for a while; and by `check()`, given what such a notebook has run. The cells' own time is
that of running them in an ordinary interpreter.
"""

from __future__ import annotations

import ast
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from autograder.api import check_assignment, grade_cells
from autograder.assignment import Assignment, find_assignments
from autograder.course import PUBLIC_CHECKS
from autograder.key import SUFFIX, write_key
from autograder.merge import ReleasedNotebook, released_notebook, with_file
from autograder.notebook import kernel_cells
from autograder.release import make_notebook
from autograder.results import Record
from benchmarks.course import Subject, subject
from benchmarks.measure import goal, interleave, show, spread, table, timed

FILE, NOTEBOOK, OWN = "`check` on a file", "`check` on a notebook", "`check` on a notebook with such cells"
ALONE, KERNEL = "the cells alone", "`check()` in a notebook with such cells"
CELLS = [f"total_{number} = sum(each * each for each in range(100_000))" for number in range(10)]


def measure(*, quick: bool) -> str:
    """Return the table, and whether a notebook costs more than its cells."""
    matter = subject("optimizers")
    released = released_notebook(matter.exercise.name, make_notebook(matter.exercise, marks=False))
    with tempfile.TemporaryDirectory() as folder:
        plain, filled, own = (_assignment(matter, Path(folder) / name, released) for name in ("file", "filled", "own"))
        plain.file.write_text(matter.source, "utf-8")
        _save(filled, _solved(matter, released))
        ran = _solved(matter, released, CELLS)
        _save(own, ran)
        tasks = {
            FILE: timed(lambda: _right(check_assignment(plain).record)),
            NOTEBOOK: timed(lambda: _right(check_assignment(filled).record)),
            OWN: timed(lambda: _right(check_assignment(own).record)),
            KERNEL: timed(lambda: _right(_in_a_kernel(own, ran, released))),
            ALONE: timed(lambda: exec("\n".join(CELLS), {})),
        }
        seconds = interleave(tasks, rounds=2 if quick else 15)
    rows = [[name, spread(values).times(1000).text(1)] for name, values in seconds.items()]
    lines = table(["the optimizers, solved", "ms, median (quartiles)"], rows)
    medians = {name: spread(values).median for name, values in seconds.items()}
    for name, limit in ((NOTEBOOK, medians[FILE]), (OWN, medians[FILE] + medians[ALONE])):
        more = medians[name] / limit
        lines += goal(f"{name} takes at most 1.1 times the file and the cells alone", actual=more, limit=1.1)
    more = medians[KERNEL] / (medians[FILE] + medians[ALONE])
    return f"{lines}{goal('the same for `check()`', actual=more, limit=1.1)}"


def _assignment(matter: Subject, folder: Path, released: ReleasedNotebook) -> Assignment:
    """Make an assignment as students get it, without a file to fill in."""
    folder.mkdir()
    exercise = matter.exercise
    (folder / PUBLIC_CHECKS).write_bytes((exercise.folder / PUBLIC_CHECKS).read_bytes())
    key_file = folder / f"{exercise.name}{SUFFIX}"
    write_key(msgspec.structs.replace(matter.students_key, notebook=released.cells), key_file)
    (assignment,) = find_assignments([folder])
    return assignment


def _solved(matter: Subject, released: ReleasedNotebook, own: Sequence[str] = ()) -> list[str]:
    """Return the notebook's cells with every function filled in, and some of the student's own."""
    body = ast.parse(matter.source).body
    texts = {node.name: ast.unparse(node) for node in body if isinstance(node, ast.FunctionDef)}
    return [
        *own,
        *(texts.pop(cell.function) if cell.function else cell.text for cell in released.cells),
        *texts.values(),
    ]


def _save(assignment: Assignment, cells: Sequence[str]) -> None:
    code = [{"cell_type": "code", "metadata": {}, "source": cell, "outputs": []} for cell in cells]
    assignment.file.with_suffix(".ipynb").write_text(json.dumps({"cells": code, "nbformat": 4}), "utf-8")


def _in_a_kernel(assignment: Assignment, ran: Sequence[str], released: ReleasedNotebook) -> Record:
    """Return what `check()` says where some cells were run, and are saved."""
    kernel = kernel_cells(["", *ran], assignment.file.with_suffix(".ipynb").read_bytes(), released)
    return grade_cells(assignment, (), with_file(kernel.cells, None, released, has_notebook=True)).record


def _right(record: Record) -> None:
    if record.score != record.max_score:
        raise RuntimeError(f"{record.exercise}: the solution earned {record.score} of {record.max_score} points")


if __name__ == "__main__":
    show(measure)
