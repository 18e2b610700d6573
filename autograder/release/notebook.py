"""Make the notebook of an exercise that students get.

What enters are an exercise's sources: handout, solution, checks, plots. What leaves are the bytes of a
notebook, the same for the same sources: the handout in sections, and for each function a cell to fill in, its checks,
its picture, and its points. nbgrader finds its metadata on the cells `setup`, `tools`, `solution-<function>` and
`grade-<function>`. A solution cell holds nbgrader's marks; `setup` is not a solution to nbgrader, because
`nbgrader generate_assignment` would empty it.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from autograder.authoring import Check
from autograder.course import ExerciseFolder
from autograder.merge import GRADE, SETUP, SOLUTION, NotebookCell, ReleasedNotebook
from autograder.release.exercise import BEGIN, END, load, read_handout, read_stub
from autograder.report import points

JsonCell = dict[str, Any]

WORK, GRADED, QUESTIONS = "How to work", "What is graded", "Questions"  # how the handout's sections begin
HOW_TO_WORK = """## How to work

Run the cells from top to bottom; **Shift+Enter** runs one. For each function there is

1. a cell to fill in: put your code in the place of `raise NotImplementedError`, keep the function's name and arguments,
   and run the cell;
2. a cell with `check("...")`, which runs the public checks (you can read them in `public_checks.py`). `✓ passed` is
   what you want. `✗ failed` says what is off, where most, and how far off would be allowed; `error` shows the line of
   your code that raised;
3. for some functions a picture of what yours does;
4. a locked cell that carries the function's points. There is nothing to write in it: the instructor's grader runs these
   checks and hidden ones, on other inputs.

You may add cells. What the grader runs are all cells that you have written or changed, from top to bottom, as Jupyter
does, with NumPy and the standard library; a statement that fails costs what it defines, nothing is plotted, and no
file of yours is there. So before you submit, choose **Restart kernel and run all cells**, look at the checks once more,
and save: `check` says where the saved notebook differs from what you have run.

**Notebook or file?** You may also work in `{file}` beside this notebook. For each function that you fill in here, the
notebook's cell is graded; for each one whose cell you leave as it is, the one in `{file}`. `check` follows the same
rule."""
SETUP_NOTE = """# Imports and helper functions of your own belong here. NumPy and the standard library can be used."""
TOOLS = """# Provided: check("name") runs a function's public checks, picture("name") wraps a plot.
from autograder.notebook import check, hint, picture, points"""


def make_notebook(exercise: ExerciseFolder) -> bytes:
    """Return the released notebook of an exercise, made from its sources."""
    nbformat: Any = importlib.import_module("nbformat")  # of the extra `nbgrader`; it has no types
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    cells = _cells(exercise)
    notebook = nbformat.from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
    nbformat.validate(notebook)
    return f"{nbformat.writes(notebook)}\n".encode()


def make_released_notebook(exercise: ExerciseFolder) -> ReleasedNotebook:
    """Return what submitted notebooks are compared with: the code cells of `make_notebook`, without nbformat."""
    cells = tuple(
        NotebookCell(
            grade_id=cell["metadata"].get("nbgrader", {}).get("grade_id", ""),
            text=cell["source"],
            label=f"cell {number}",
        )
        for number, cell in enumerate(_cells(exercise), start=1)
        if cell["cell_type"] == "code"
    )
    return ReleasedNotebook(exercise=exercise.name, cells=cells)


def _cells(exercise: ExerciseFolder) -> list[JsonCell]:
    loaded = load(exercise)
    all_checks = loaded.checks()
    before, after = _sections(read_handout(exercise, all_checks), exercise.name)
    preamble, solutions = _split_stub(read_stub(exercise), loaded.functions)
    plots = {file.stem: file.read_text("utf-8") for file in exercise.plots}
    cells = [_markdown(f"text-{number}", text) for number, text in enumerate(before)]
    cells.append(_code(SETUP, f"{preamble}\n\n{SETUP_NOTE}".lstrip(), _nbgrader(SETUP)))
    cells.append(_code("tools", TOOLS, _nbgrader("tools", locked=True)))
    for function, solution in solutions.items():
        checks = [check for check in all_checks if check.function.name == function]
        cells += _function_cells(function, solution, checks, plots.get(function, ""))
    return [*cells, *(_markdown(f"text-{number}", text) for number, text in enumerate(after, start=len(before)))]


def _sections(handout: str, exercise: str) -> tuple[list[str], list[str]]:
    """Split the handout at its headings into what precedes the functions, "How to work" included, and what follows."""
    sections = [section.strip() for section in re.split(r"^(?=## )", handout, flags=re.MULTILINE)]
    sections = [section for section in sections if not section.startswith(f"## {WORK}")]
    after = [section for section in sections if section.startswith(f"## {QUESTIONS}")]
    before = [section for section in sections if section not in after]
    graded = next((n for n, section in enumerate(before) if section.startswith(f"## {GRADED}")), len(before))
    return [*before[:graded], HOW_TO_WORK.format(file=f"{exercise}.py"), *before[graded:]], after


def _split_stub(stub: str, functions: Mapping[str, object]) -> tuple[str, dict[str, str]]:
    """Split a stub into what precedes its first graded function, without the docstring, and a text per function."""
    body = ast.parse(stub).body
    first = {node.name: node for node in body if isinstance(node, ast.FunctionDef) and node.name in functions}
    starts = [min([node.lineno, *(each.lineno for each in node.decorator_list)]) - 1 for node in first.values()]
    lines = stub.splitlines()
    texts = ["\n".join(lines[start:end]).strip() for start, end in pairwise([*starts, len(lines)])]
    has_docstring = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    top = (body[0].end_lineno or 0) if has_docstring else 0
    return "\n".join(lines[top : starts[0]]).strip(), dict(zip(first, texts, strict=True))


def _function_cells(function: str, solution: str, checks: Sequence[Check], plot: str) -> list[JsonCell]:
    worth = sum(check.points for check in checks)
    # Around the empty body go nbgrader's marks, or `nbgrader generate_assignment` would empty the whole cell.
    empty = re.compile(r"^([ ]*)raise NotImplementedError$", re.MULTILINE)
    marked = empty.sub(rf"\1{BEGIN}\n\1raise NotImplementedError\n\1{END}", solution)
    cells = [
        _markdown(f"about-{function}", _about(function, worth, checks)),
        _code(f"{SOLUTION}{function}", marked, _nbgrader(f"{SOLUTION}{function}", solution=True)),
        _code(f"check-{function}", f'check("{function}")'),
    ]
    if plot:
        cells.append(_code(f"picture-{function}", plot.strip()))
    name, number = f"{GRADE}{function}", int(worth) if worth == int(worth) else worth
    graded = f'# Graded by the instructor\'s grader, with the checks above and hidden ones.\npoints("{function}")'
    return [*cells, _code(name, graded, _nbgrader(name, grade=True, locked=True, points=number))]


def _about(function: str, worth: float, checks: Sequence[Check]) -> str:
    public = [f"- {check.title} ({points(check.points)})" for check in checks if check.visibility == "public"]
    lines = [f"## `{function}`: {points(worth)} points", "", "The public checks, with their points:", "", *public]
    hidden = sum(check.points for check in checks if check.visibility == "hidden")
    if hidden:
        lines += ["", f"Hidden checks on other inputs give the other {points(hidden)}."]
    return "\n".join(lines).strip()


def _nbgrader(name: str, **marks: Any) -> dict[str, Any]:
    defaults = {"grade": False, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return defaults | {"grade_id": name} | marks


def _markdown(name: str, text: str) -> JsonCell:
    return {"cell_type": "markdown", "id": name[:64], "metadata": {}, "source": text}


def _code(name: str, text: str, nbgrader: dict[str, Any] | None = None) -> JsonCell:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name[:64],
        "metadata": {"nbgrader": nbgrader} if nbgrader else {},
        "outputs": [],
        "source": text,
    }
