"""What one submission costs under nbgrader: `python -m benchmarks.nbgrader [SUBMISSIONS]`.

In one run, the same submissions through `nbgrader autograde`: its own way with NumPy asserts in the graded cells, its
own way with PyTorch in them, without running anything (`--no-execute`), and ours. The command's start is measured by a
run on one submission, and taken off. Seconds for each further submission, and as multiples of nbgrader without running.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.course import find_exercises
from autograder.nbgrader.configure import find_alembic
from tests.nbgrader_course import Course, filled, make_course, with_cells

ROOT = Path(__file__).resolve().parents[1]
EXERCISE = "dropout"
PLAIN = "c = get_config()\n"
ASSERTS = """import numpy as np
rng = np.random.default_rng(7)
for shape in ((3, 4), (5, 2), (4, 4)):
    x = rng.normal(size=shape)
    y, cache = dropout_forward(x, 0.3, np.random.default_rng(1))
    kept = y != 0
    np.testing.assert_allclose(y[kept], x[kept] / 0.7)
    np.testing.assert_allclose(dropout_backward(np.ones(shape), cache), kept / 0.7)
"""
TORCH = "import torch\nassert torch.nn.functional.dropout(torch.ones(3), 0.3).shape == (3,)\n"


def main() -> None:
    """Measure, and print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    with tempfile.TemporaryDirectory() as folder:
        ours = make_course(Path(folder) / "ours", EXERCISE)
        seconds = {
            "nbgrader, nothing run": _marginal(_plain(ours, "nothing", ASSERTS), count, "--no-execute"),
            "nbgrader, NumPy asserts": _marginal(_plain(ours, "numpy", ASSERTS), count),
            "nbgrader, PyTorch in the cells": _marginal(_plain(ours, "torch", TORCH + ASSERTS), count),
            "ours": _marginal(ours, count),
            "ours, graded before": _marginal(ours, count, "--force"),
        }
    unit = seconds["nbgrader, nothing run"]
    print(f"{'':32} {'s a submission':>14} {'x nothing run':>14}")
    for name, value in seconds.items():
        print(f"{name:32} {value:14.3f} {value / unit:14.2f}")


def _plain(ours: Course, name: str, source: str) -> Course:
    """Return a course of plain nbgrader, with tests in the graded cells."""
    course = Course(root=ours.root.parent / name)
    shutil.copytree(ours.root / "source", course.root / "source")
    (course.root / "nbgrader_config.py").write_text(PLAIN, "utf-8")
    file = course.root / "source" / EXERCISE / f"{EXERCISE}.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["source"] = source
    file.write_text(json.dumps(notebook), "utf-8")
    course.nbgrader("generate_assignment", EXERCISE)
    return course


def _marginal(course: Course, count: int, *options: str) -> float:
    """Return the seconds for each submission beyond the first."""
    text = find_exercises(ROOT, [EXERCISE])[0].solution.read_text("utf-8")
    for number in range(count + 1):
        notebook = with_cells(filled(course.notebook(EXERCISE), text), f"mine = {number}")  # no two are the same
        course.hand_in(f"student{number}", EXERCISE, notebook=notebook)
    started = time.perf_counter()
    course.nbgrader("autograde", EXERCISE, "--student", "student0", *options)
    first = time.perf_counter()
    rest = ["--CourseDirectory.student_id_exclude=student0", *options]
    course.nbgrader("autograde", EXERCISE, *rest)
    return max(0.0, (time.perf_counter() - first) - (first - started)) / (count - 1)


if __name__ == "__main__":
    find_alembic()
    subprocess.run(
        [sys.executable, "-m", "autograder.cli.main", "list", EXERCISE], check=True, stdout=subprocess.DEVNULL
    )
    main()
