"""Make what students get of an exercise from its folder in `solutions/`: stub, handout, notebooks, lines in pictures.

The stub is the solution without its marked regions; the handout gets its table of checks.

A notebook is always the same bytes for the same sources: the handout in sections, and for each function a cell to fill
in, its checks, its picture, and its points. nbgrader finds its metadata on the cells `setup`, `tools`,
`solution-<function>` and `grade-<function>`; `setup` is not a solution to nbgrader, because `nbgrader
generate_assignment` would empty it. There are three kinds: the one that nbgrader releases, whose solution cells hold
nbgrader's marks; the same without marks, for students; and a standalone one, which installs this package and holds the
public checks and their answers.

The lines in pictures are the reference's, which the notebook draws in gray below a student's own. `plots/` has a cell
for each function that has a picture, and `reference.toml`, which names the lines that every right function draws, or
says why there are none. The points are rounded to what is visible in a picture: they reveal no formula, and pass no
check that draws other inputs. The cells are run with the solution in the place of the student's file, since they call
its functions; `verify` proves that solution and reference compute the same. matplotlib is not needed: a stand-in
records the lines.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring import Check, Exercise, load_exercise, load_module, place_of_error
from autograder.course import CourseError, ExerciseFolder, UsageError
from autograder.key import ReferenceLine
from autograder.merge import GRADE, INSTALL, SETUP, SOLUTION, UNPACK, NotebookCell, ReleasedNotebook, essence, pack
from autograder.report import points

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
REGION = re.compile(rf"^(?P<indent>[ ]*){BEGIN}\n.*?^[ ]*{END}\n", re.MULTILINE | re.DOTALL)
CHECKS = "{{checks}}"  # the place of the table of checks in a handout
JsonCell = dict[str, Any]

WORK, GRADED, QUESTIONS = "How to work", "What is graded", "Questions"  # beginnings of the handout's sections
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
and save{saved}"""
BESIDE = """: `check` says where the saved notebook differs from what you have run.

**Notebook or file?** You may also work in `{name}.py` beside this notebook. For each function that you fill in here,
the notebook's cell is graded; for each one whose cell you leave as it is, the one in `{name}.py`. `check` follows the
same rule."""
ALONE = """.

**This notebook stands alone.** Its first cell installs the package that checks your functions; the public checks and
their answers are in the notebook, and are unpacked into the folder `{name}` when it runs. Submit the notebook,
under the name `{name}.ipynb` (in Colab: File, Download, Download .ipynb)."""
SETUP_NOTE = """# Imports and helper functions of your own belong here. NumPy and the standard library can be used."""
TOOLS = """# Provided: check("name") runs a function's public checks, picture("name") wraps a plot.
from autograder.notebook import check, hint, picture, points"""
UNPACK_LINES = """from autograder.notebook import picture, unpack
check, hint, points = unpack("{}", "{}")"""
EMPTY_BODY = re.compile(r"^([ ]*)raise NotImplementedError$", re.MULTILINE)
HIDDEN = {"cellView": "form", "jupyter": {"source_hidden": True}}  # the text of a cell, in Colab and in Jupyter

CHOICES = "reference.toml"
DIGITS = 4  # significant digits of a point


def read_stub(exercise: ExerciseFolder) -> str:
    """Return the stub of an exercise."""
    return make_stub(str(exercise.solution), exercise.solution.read_text("utf-8"))


def make_stub(name: str, solution: str) -> str:
    """Make a stub from a solution: signatures, docstrings and all unmarked code stay.

    Raises `CourseError` if nothing is marked, a mark has no counterpart, or the stub is not valid Python.
    """
    stub = REGION.sub(
        lambda region: f"{region['indent']}raise NotImplementedError\n" if region["indent"] else "", solution
    )
    if BEGIN in stub or END in stub:
        raise CourseError(f"{name}: a mark {BEGIN!r} has no {END!r}, or the other way round; fix the pair")
    if stub == solution:
        raise CourseError(f"{name}: nothing is marked with {BEGIN!r} and {END!r}; a stub would give the solution away")
    try:
        ast.parse(stub)
    except SyntaxError as error:
        raise CourseError(
            f"{name}: without its solutions, line {error.lineno} is not valid Python ({error.msg})"
        ) from error
    return re.sub(r"\n{4,}", "\n\n\n", stub)


def load(exercise: ExerciseFolder) -> Exercise:
    """Load all checks of an exercise."""
    return load_exercise(exercise.name, exercise.check_sources(), exercise.folder)


def read_handout(exercise: ExerciseFolder, checks: Sequence[Check]) -> str:
    """Return the handout of an exercise, with the table of its checks."""
    source = exercise.folder / "handout.md"
    return make_handout(str(source), source.read_text("utf-8"), checks)


def make_handout(name: str, source: str, checks: Sequence[Check]) -> str:
    """Put the table of checks into the text of a handout; `name` is the file's, for error messages."""
    if source.count(CHECKS) != 1:
        raise CourseError(f"{name}: {CHECKS} occurs {source.count(CHECKS)} times; expected exactly once")
    rows = ["| function | points | public checks | hidden checks |", "|---|---:|---|---:|"]
    for function, group in groupby(checks, key=lambda check: check.function.name):
        mine = list(group)
        public = [f"{check.title} ({points(check.points)})" for check in mine if check.visibility == "public"]
        titles = "<br>".join(title.replace("|", r"\|") for title in public) or "-"
        worth = points(sum(check.points for check in mine))
        rows.append(f"| `{function}` | {worth} | {titles} | {len(mine) - len(public)} |")
    rows.append(f"| all | {points(sum(check.points for check in checks))} | | |")
    return source.replace(CHECKS, "\n".join(rows))


# ---- notebooks


def make_notebook(exercise: ExerciseFolder, *, marks: bool = True) -> bytes:
    """Return the notebook of an exercise, with nbgrader's marks around what students replace or without them."""
    cells = _cells(exercise, BESIDE, marks=marks)
    return _written(cells if marks else map(_protected, cells))


def make_standalone_notebook(exercise: ExerciseFolder, install: str, files: Mapping[str, bytes]) -> bytes:
    """Return the notebook of an exercise that needs no files beside it.

    Parameters
    ----------
    install
        What pip installs in its first cell: a URL, a wheel's path, or a name.
    files
        The public checks, their answer key and data files by name.

    Raises
    ------
    UsageError
        If `%pip install` in a notebook can't take that.
    """
    first = f'# Run this cell first: it installs what checks your functions.\n%pip install --quiet "{install}"'
    if not INSTALL.fullmatch(essence(first)):
        raise UsageError(f"{install!r} is no URL, wheel or name that a notebook can install: it has unusual characters")
    tools = f"# @title Provided: the public checks, packed\n{UNPACK_LINES.format(exercise.name, pack(files))}"
    if not UNPACK.fullmatch(essence(tools)):
        raise UsageError(f"{exercise.name}: a notebook that unpacks its files is not recognized as a released one")
    cells = [_code("install", first)]
    for cell in _cells(exercise, ALONE, marks=False):
        changed = {"source": tools, "metadata": cell["metadata"] | HIDDEN} if cell["id"] == "tools" else {}
        cells.append(_protected(cell | changed))
    return _written(cells)


def _protected(cell: JsonCell) -> JsonCell:
    """Return a cell; if it is locked, it can't be changed in Jupyter, as in the assignments of nbgrader."""
    if not cell["metadata"].get("nbgrader", {}).get("locked"):
        return cell
    return cell | {"metadata": cell["metadata"] | {"deletable": False, "editable": False}}


def _written(cells: Iterable[JsonCell]) -> bytes:
    """Return a notebook's bytes, as Jupyter writes them."""
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    lines = [cell | {"source": cell["source"].splitlines(keepends=True)} for cell in cells]
    notebook = {"cells": lines, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return f"{json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def make_released_notebook(exercise: ExerciseFolder) -> ReleasedNotebook:
    """Return the code cells of `make_notebook`, with which submitted notebooks are compared."""
    cells = tuple(
        NotebookCell(
            grade_id=cell["metadata"].get("nbgrader", {}).get("grade_id", ""),
            text=cell["source"],
            label=f"cell {number}",
        )
        for number, cell in enumerate(_cells(exercise, BESIDE, marks=True), start=1)
        if cell["cell_type"] == "code"
    )
    return ReleasedNotebook(exercise=exercise.name, cells=cells)


def _cells(exercise: ExerciseFolder, saved: str, *, marks: bool) -> list[JsonCell]:
    loaded = load(exercise)
    all_checks = loaded.checks()
    how_to_work = HOW_TO_WORK.format(saved=saved.format(name=exercise.name))
    before, after = _sections(read_handout(exercise, all_checks), how_to_work)
    preamble, solutions = _split_stub(read_stub(exercise), loaded.functions)
    plots = {file.stem: file.read_text("utf-8") for file in exercise.plots}
    cells = [_markdown(f"text-{number}", text) for number, text in enumerate(before)]
    cells.append(_code(SETUP, f"{preamble}\n\n{SETUP_NOTE}".lstrip(), _nbgrader(SETUP)))
    cells.append(_code("tools", TOOLS, _nbgrader("tools", locked=True)))
    for function, solution in solutions.items():
        checks = [check for check in all_checks if check.function.name == function]
        # Around the empty body go nbgrader's marks, or `nbgrader generate_assignment` would empty the whole cell.
        text = EMPTY_BODY.sub(rf"\1{BEGIN}\n\1raise NotImplementedError\n\1{END}", solution) if marks else solution
        cells += _function_cells(function, text, checks, plots.get(function, ""))
    return [*cells, *(_markdown(f"text-{number}", text) for number, text in enumerate(after, start=len(before)))]


def _sections(handout: str, how_to_work: str) -> tuple[list[str], list[str]]:
    """Split the handout at its headings into the parts before (including "How to work") and after the functions."""
    sections = [section.strip() for section in re.split(r"^(?=## )", handout, flags=re.MULTILINE)]
    sections = [section for section in sections if not section.startswith(f"## {WORK}")]
    after = [section for section in sections if section.startswith(f"## {QUESTIONS}")]
    before = [section for section in sections if section not in after]
    graded = next((n for n, section in enumerate(before) if section.startswith(f"## {GRADED}")), len(before))
    return [*before[:graded], how_to_work, *before[graded:]], after


def _split_stub(stub: str, functions: Mapping[str, object]) -> tuple[str, dict[str, str]]:
    """Split a stub into the part before its first graded function, without the docstring, and a text per function."""
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
    cells = [
        _markdown(f"about-{function}", _about(function, worth, checks)),
        _code(f"{SOLUTION}{function}", solution, _nbgrader(f"{SOLUTION}{function}", solution=True)),
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


# ---- the reference's lines in pictures


@cache
def reference_lines(exercise: ExerciseFolder) -> dict[str, tuple[ReferenceLine, ...]]:
    """Return the reference's lines by function, for pictures that have any.

    Raises `CourseError` if `reference.toml` names a picture or a line that does not exist, or if a picture fails.
    """
    file = exercise.folder / "plots" / CHOICES
    if not file.is_file():
        return {}
    try:
        choices = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{file}: {error}") from error
    plots = {plot.stem: plot for plot in exercise.plots}
    names = vars(load_module(exercise.solution))
    found = {}
    for function, labels in choices.items():
        if function not in plots:
            raise CourseError(f"{file}: there is no picture of {function}; expected one of {', '.join(plots)}")
        if isinstance(labels, list):
            found[function] = tuple(_chosen(_drawn(plots[function], names, exercise.folder), labels, function, file))
    return found


def _drawn(plot: Path, names: dict[str, Any], folder: Path) -> list[_Axis]:
    """Return the axes of a picture, with the lines that it draws."""
    pyplot = _Pyplot()
    code = compile(plot.read_text("utf-8"), str(plot), "exec")
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):  # data files are beside the cell
            exec(code, names | {"np": np, "picture": lambda _: contextlib.nullcontext(pyplot)})
    except Exception as error:
        raise CourseError(f"{place_of_error(error, str(plot))}: the picture fails: {error}") from error
    return pyplot.axes


def _chosen(axes: list[_Axis], labels: list[str], function: str, file: Path) -> Iterator[ReferenceLine]:
    """Yield the lines that have one of the labels."""
    drawn = [(name, line) for axis in axes for name, line in axis.lines]
    for label in labels:
        found = [line for name, line in drawn if fnmatchcase(name, label)]
        if not found:
            there = ", ".join(repr(name) for name, _ in drawn)
            raise CourseError(f"{file}: the picture of {function} draws no line {label!r}; it draws {there}")
        yield from found


def _rounded(values: np.ndarray) -> tuple[float, ...]:
    return tuple(float(f"{value:.{DIGITS}g}") for value in np.atleast_1d(values))


class _Axis:
    """Stands in for one of matplotlib's axes: records lines, and ignores everything else."""

    def __init__(self, number: int = 0) -> None:
        self.lines: list[tuple[str, ReferenceLine]] = []
        self._number = number

    def plot(self, *values: Any, label: Any = "", drawstyle: str = "default", **_: Any) -> None:
        """Record a line, or several that are the columns of an array."""
        style = "".join(each for each in values if isinstance(each, str))
        *before, last = (np.asarray(each, dtype=float) for each in values if not isinstance(each, str))
        columns = np.atleast_2d(last.T)
        x = _rounded(before[0] if before else np.arange(columns.shape[1]))
        names = label if isinstance(label, list | tuple) else [label] * len(columns)
        for name, y in zip(names, columns, strict=True):
            self.lines.append((str(name), ReferenceLine(self._number, x, _rounded(y), style, drawstyle)))

    semilogx = semilogy = loglog = plot

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python's own protocols, which matplotlib does not have either
            raise AttributeError(name)
        return lambda *_, **__: self


class _Pyplot(_Axis):
    """Stands in for `matplotlib.pyplot`, and for the figure: its own lines are those of the first axis."""

    def __init__(self) -> None:
        super().__init__()
        self.axes: list[_Axis] = [self]

    def subplots(self, rows: int = 1, columns: int = 1, **_: Any) -> tuple[_Axis, Any]:
        """Return a figure and its axes, arranged as matplotlib does."""
        self.axes = [_Axis(number) for number in range(rows * columns)]
        arranged = np.empty(rows * columns, dtype=object)
        arranged[:] = self.axes
        return self, arranged.reshape(rows, columns).squeeze()[()]
