"""Make an exercise's notebook: the handout in sections, a cell a function to fill, its checks, its picture, its points.

What enters: handout and stub as they are released, the full book, and the sources of plots by function. What leaves:
the bytes of a notebook, the same for the same sources. nbgrader finds its metadata on the cells: `setup`, `tools`,
`solution-<function>` and `grade-<function>`. A solution cell holds nbgrader's marks, and `setup` is none to nbgrader:
`nbgrader generate_assignment` would empty it.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from autograder.book import Book, Check
from autograder.notebook.merge import GRADE, SETUP, SOLUTION
from autograder.release.stub import BEGIN, END
from autograder.report.feedback import points

Cell = dict[str, Any]

WORK, GRADED, QUESTIONS = "How to work", "What is graded", "Questions"  # how the handout's sections begin
HOW_TO_WORK = """## How to work

Run the cells from top to bottom; **Shift+Enter** runs one. For each function there is

1. a cell to fill: put your code in the place of `raise NotImplementedError`, keep the function's name and arguments,
   and run the cell;
2. a cell with `check("...")`, which asks the public checks. `✓ passed` is what you want. `✗ failed` says what is off,
   where most, and how far off would be allowed; `error` shows the line of your code that raised;
3. for some functions a picture of what yours does;
4. a locked cell that bears the function's points. There is nothing to write in it: the instructor's grader asks these
   checks and hidden ones, on other inputs.

You may add cells: imports and helper functions at the top, or above the function that needs them. What the grader runs
is your definitions, from top to bottom, with NumPy and the standard library; it draws no plots. So before you hand in,
choose **Restart kernel and run all cells**, look at the checks once more, and save.

**Notebook or file?** You may also work in `{file}` beside this notebook. For each function that you fill in here, the
notebook's cell is graded; for each one whose cell you leave as it is, the one in `{file}`. `check` follows the same
rule."""
SETUP_NOTE = """# Imports and helper functions of your own belong here. NumPy and the standard library can be used."""
TOOLS = """# Given: check("name") asks a function's public checks, picture("name") stands around a plot.
from autograder.notebook import check, picture, points"""


def make_carrier(handout: str, stub: str, book: Book, plots: Mapping[str, str]) -> bytes:
    """Return the notebook's bytes."""
    before, after = _sections(handout, book.exercise)
    preamble, solutions = _chunks(stub, list(book.parameters))
    cells = [_markdown(f"text-{number}", text) for number, text in enumerate(before)]
    cells.append(_code(SETUP, f"{preamble}\n\n{SETUP_NOTE}".lstrip(), _nbgrader(SETUP)))
    cells.append(_code("tools", TOOLS, _nbgrader("tools", locked=True)))
    for function, solution in solutions.items():
        mine = [check for check in book.checks if check.function == function]
        cells += _cells_of(function, solution, mine, plots.get(function, ""))
    cells += [_markdown(f"text-{number}", text) for number, text in enumerate(after, start=len(before))]
    return _notebook(cells)


def _sections(handout: str, exercise: str) -> tuple[list[str], list[str]]:
    """Split the handout at its headings: what comes before the functions, with our way to work, and what after."""
    sections = [section.strip() for section in re.split(r"^(?=## )", handout, flags=re.MULTILINE)]
    sections = [section for section in sections if not section.startswith(f"## {WORK}")]
    after = [section for section in sections if section.startswith(f"## {QUESTIONS}")]
    before = [section for section in sections if section not in after]
    place = next((n for n, section in enumerate(before) if section.startswith(f"## {GRADED}")), len(before))
    return [*before[:place], HOW_TO_WORK.format(file=f"{exercise}.py"), *before[place:]], after


def _chunks(stub: str, functions: list[str]) -> tuple[str, dict[str, str]]:
    """Split a stub into what stands above its first graded function, without the docstring, and a text a function."""
    body = ast.parse(stub).body
    first = {node.name: node for node in body if isinstance(node, ast.FunctionDef) and node.name in functions}
    starts = [min([node.lineno, *(each.lineno for each in node.decorator_list)]) - 1 for node in first.values()]
    lines = stub.splitlines()
    texts = ["\n".join(lines[start:end]).strip() for start, end in pairwise([*starts, len(lines)])]
    has_docstring = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    top = (body[0].end_lineno or 0) if has_docstring else 0
    return "\n".join(lines[top : starts[0]]).strip(), dict(zip(first, texts, strict=True))


def _cells_of(function: str, solution: str, checks: list[Check], plot: str) -> list[Cell]:
    worth = sum(check.points for check in checks)
    number = int(worth) if worth == int(worth) else worth
    cells = [
        _markdown(f"about-{function}", _about(function, worth, checks)),
        _code(f"{SOLUTION}{function}", _marked(solution), _nbgrader(f"{SOLUTION}{function}", solution=True)),
        _code(f"check-{function}", f'check("{function}")'),
    ]
    if plot:
        cells.append(_code(f"picture-{function}", plot.strip()))
    graded = f'# Graded by the instructor\'s grader, with the checks above and hidden ones.\npoints("{function}")'
    name = f"{GRADE}{function}"
    return [*cells, _code(name, graded, _nbgrader(name, grade=True, locked=True, points=number))]


def _about(function: str, worth: float, checks: list[Check]) -> str:
    shown = [f"- {check.title} ({points(check.points)})" for check in checks if check.visibility == "public"]
    hidden = sum(check.points for check in checks if check.visibility == "hidden")
    lines = [f"## `{function}`: {points(worth)} points", "", "The public checks, with their points:", "", *shown]
    return "\n".join(
        [*lines, "", f"Hidden checks on other inputs give the other {points(hidden)}." if hidden else ""]
    ).strip()


def _marked(solution: str) -> str:
    """Put nbgrader's marks around the empty body, or `nbgrader generate_assignment` would empty the whole cell."""
    empty = re.compile(r"^([ ]*)raise NotImplementedError$", re.MULTILINE)
    return empty.sub(rf"\1{BEGIN}\n\1raise NotImplementedError\n\1{END}", solution)


def _nbgrader(name: str, **marks: Any) -> dict[str, Any]:
    return {
        "grade": False,
        "grade_id": name,
        "locked": False,
        "schema_version": 3,
        "solution": False,
        "task": False,
    } | marks


def _markdown(name: str, text: str) -> Cell:
    return {"cell_type": "markdown", "id": name[:64], "metadata": {}, "source": text}


def _code(name: str, text: str, nbgrader: dict[str, Any] | None = None) -> Cell:
    metadata = {"nbgrader": nbgrader} if nbgrader else {}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name[:64],
        "metadata": metadata,
        "outputs": [],
        "source": text,
    }


def _notebook(cells: list[Cell]) -> bytes:
    nbformat: Any = importlib.import_module("nbformat")  # of the extra `nbgrader`; it has no types
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook = nbformat.from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
    nbformat.validate(notebook)
    return f"{nbformat.writes(notebook)}\n".encode()
