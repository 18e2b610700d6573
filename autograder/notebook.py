"""Functions for a student's notebook: `check`, `hint` and `points` run the public checks, `picture` wraps a plot.

`check("adam")` runs a function's public checks on the notebook as it is in the kernel: it takes the cells that were
run, the saved notebook, and the `.py` file, the public checks and their answer key in the same folder, and prints
feedback. If the cells that were run are the saved ones, they are graded in the notebook's order, as they will be when
it is submitted; otherwise, in the order in which they were last run, and the differences are printed. They are graded
like any submission: in a sandbox, if there is one, and never with the kernel's own objects.

`with picture("adam") as plt:` around plain matplotlib shows what the student's own function does. The picture is a help
and never an obstacle: if matplotlib is not installed, or the function is not written yet or raises an exception, the
cell says so in one line and the notebook continues. Output and warnings of the function are suppressed, since `check`
shows them.

A standalone notebook gets `check`, `hint` and `points` from `unpack`.
"""

from __future__ import annotations

import ast
import atexit
import contextlib
import importlib
import importlib.util
import io
import os
import sys
import warnings
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from autograder.api import OwnSandboxes, grade_cells
from autograder.assignment import SUFFIX, Assignment, find_assignments
from autograder.cells import Cell
from autograder.course import CourseError, UsageError
from autograder.grading import Graded, Unreadable, read_file, read_module
from autograder.hints import next_hint
from autograder.merge import (
    MAX_CELLS,
    MAX_NOTEBOOK,
    NOTEBOOK_SUFFIX,
    SOLUTION,
    NotebookCell,
    ReleasedNotebook,
    essence,
    own_cells,
    read_cells,
    unpacked,
    with_file,
)
from autograder.report import Style, feedback
from autograder.report import points as format_points
from autograder.worker.ipython import to_python

if TYPE_CHECKING:
    from autograder.key import ReferenceLine

__all__ = ["check", "hint", "picture", "points", "unpack"]

STYLE = Style(signs=True)
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
DOTS_PER_INCH = 150  # of a picture in a file
GRAY = {"color": "0.5", "alpha": 0.4, "linewidth": 5, "markersize": 8, "markeredgewidth": 0}
BELOW = 1.5  # lines are drawn in this order, and a student's own are at 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Kernel:
    """The student's own cells in a running notebook, and how it differs from the saved one."""

    cells: tuple[Cell, ...]
    differences: tuple[str, ...] = ()


def unpack(exercise: str, packed: str) -> tuple[Callable[..., None], Callable[..., None], Callable[..., None]]:
    """Write the files inside a standalone notebook to a folder beside it, and return `check`, `hint` and `points` for
    them.

    The folder has the exercise's name; data files are also written to where a student's own code looks for them.
    """
    folder = Path.cwd() / exercise
    for name, content in unpacked(packed).items():
        for file in (folder / name, folder.parent / name) if name.startswith("data/") else (folder / name,):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    assignment = Assignment(file=Path.cwd() / f"{exercise}.py", key_file=folder / f"{exercise}{SUFFIX}")
    return partial(check, of=assignment), partial(hint, of=assignment), partial(points, of=assignment)


def check(*functions: str, of: Assignment | None = None) -> None:
    """Print the results of the public checks of some functions, or of all functions if none is named.

    The assignment is the one in the current folder, unless it is given.
    """
    try:
        graded, differences = _grade_kernel(of or _assignment(), functions)
    except (UsageError, CourseError) as error:
        print(f"check: {error}")
        return
    heading, _, rest = feedback(graded.record, STYLE, graded.notes).partition("\n\n")
    print((rest if len(functions) == 1 and graded.record.error is None else f"{heading}\n\n{rest}").rstrip())
    if all(check.status == "passed" for check in graded.record.checks):
        print("\nAll public checks passed. Save the notebook: what is graded is the saved one.")
    for example in graded.examples.values():
        print(f"\n{example.told()}")
    for difference in differences:
        print(f"\n{difference}")


def hint(function: str, of: Assignment | None = None) -> None:
    """Print the next hint on a function's mistake, one per call, or why there is none."""
    try:
        assignment = of or _assignment()
        graded, _ = _grade_kernel(assignment, (function,))
    except (UsageError, CourseError) as error:
        print(f"hint: {error}")
        return
    print(next_hint(assignment, graded.record, function, f'check("{function}")', STYLE).text)


def points(function: str, of: Assignment | None = None) -> None:
    """Print in one line the points of a function in the public checks."""
    try:
        graded, _ = _grade_kernel(of or _assignment(), (function,))
    except (UsageError, CourseError) as error:
        print(f"points: {error}")
        return
    earned, possible = format_points(graded.record.score), format_points(graded.record.max_score)
    print(f"{function}: {earned} of {possible} points by the public checks; hidden checks give the rest.")


def _assignment() -> Assignment:
    assignment, *more = find_assignments([])
    if more:
        raise UsageError(f"{Path.cwd()} holds several assignments; start the notebook in the folder of one")
    return assignment


def _grade_kernel(assignment: Assignment, functions: Sequence[str]) -> tuple[Graded, tuple[str, ...]]:
    """Grade what this kernel has run so far, by the public checks of some functions or of all."""
    key = assignment.key()
    unknown = [name for name in functions if name not in key.parameters]
    if unknown:
        raise UsageError(f"no function {unknown[0]!r} in {key.exercise}; it has {', '.join(key.parameters)}")
    released = ReleasedNotebook(exercise=key.exercise, cells=key.notebook)
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    history: Sequence[str] = shell.history_manager.input_hist_raw if shell else ("",)
    saved = _read(_notebook_file(key.exercise, shell), MAX_NOTEBOOK)
    kernel = kernel_cells(history, saved, released, functions)
    filled = any(_defines(cell.source.decode()) for cell in kernel.cells)
    module, note = read_module(assignment.file.parent, released, zipped=not filled)
    cells = with_file(kernel.cells, module, released, has_notebook=True)
    return _grade(assignment, tuple(functions), cells, note), kernel.differences


@cache
def _grade(assignment: Assignment, functions: tuple[str, ...], cells: tuple[Cell, ...], note: str) -> Graded:
    """Grade cells, and remember the result, so that `points` after `check` runs nothing again."""
    return grade_cells(assignment, functions, cells, note, _sandboxes())


@cache
def _sandboxes() -> OwnSandboxes:
    """Return the sandboxes of this kernel: a notebook has several checks, and the worker program serves them all."""
    sandboxes = OwnSandboxes()
    atexit.register(sandboxes.close)
    return sandboxes


def kernel_cells(
    history: Sequence[str], saved: bytes | None, released: ReleasedNotebook, functions: Sequence[str] = ()
) -> Kernel:
    """Return the student's own cells that were run, and how they differ from the saved notebook.

    Parameters
    ----------
    history
        The cells that were run, by number; if a cell was run several times, only the last time counts.
    saved
        The saved notebook, or None.
    released
        The notebook as it was released.
    functions
        The functions to check; without them, the whole notebook.
    """
    last = {essence(text): number for number, text in enumerate(history) if number}
    graded = [cell.function for cell in released.cells if cell.function]
    texts = [(number, history[number]) for number in sorted(last.values())[-MAX_CELLS:]]
    run = own_cells([_cell(number, text, graded) for number, text in texts], released, replaces=True)
    try:
        kept = own_cells(read_cells(saved), released) if saved is not None else None
    except ValueError:
        kept = None
    cells, differences = run, []
    if kept is not None:
        ours, theirs = ({essence(cell.source.decode()): cell for cell in some} for some in (run, kept))
        if ours.keys() == theirs.keys():
            cells = kept
        differences = [*_differences(ours, _asked_for(ours, theirs, functions)), *_defined_twice(kept)]
    return Kernel(cells=cells, differences=tuple(differences))


def _asked_for(ours: dict[str, Cell], theirs: dict[str, Cell], functions: Sequence[str]) -> dict[str, Cell]:
    """Return the saved cells, except later ones for other functions that have not been run yet."""
    reached = max((number for number, text in enumerate(theirs) if text in ours), default=-1)
    return {
        text: cell
        for number, (text, cell) in enumerate(theirs.items())
        if number < reached or not functions or cell.function in functions or text in ours
    }


def _differences(ours: dict[str, Cell], theirs: dict[str, Cell]) -> list[str]:
    """Say which cells were run but not saved, and which were saved but not run."""
    lines = []
    only = [cell.label for text, cell in ours.items() if text not in theirs and _defines(text)]
    if only:
        lines.append(
            f"Run here, but not in the saved notebook: {', '.join(only)}. Save it; where a cell was deleted, what it "
            "defined will be missing when this is graded."
        )
    only = [cell.label for text, cell in theirs.items() if text not in ours and _defines(text)]
    if only:
        lines.append(f"In the saved notebook, but not run here as it is saved: {', '.join(only)}.")
    return lines


def _defined_twice(cells: Sequence[Cell]) -> list[str]:
    """Say which functions and classes are defined in several cells."""
    places: dict[str, dict[str, str]] = {}
    for cell in cells:
        for definition in _statements(cell.source.decode()):
            if isinstance(definition, Definition):
                places.setdefault(definition.name, {})[ast.dump(definition)] = cell.label
    return [
        f"{name} is defined in {' and again in '.join(labels.values())}: all functions use the last one."
        for name, labels in places.items()
        if len(set(labels.values())) > 1
    ]


def _cell(number: int, text: str, functions: Collection[str]) -> NotebookCell:
    """Return a cell that was run; it is for the graded function that it defines."""
    defined = [each.name for each in _statements(text) if isinstance(each, Definition)]
    function = next((name for name in functions if name in defined), "")
    return NotebookCell(grade_id=SOLUTION + function if function else "", text=text, label=f"In [{number}]")


def _defines(text: str) -> bool:
    """Tell whether a cell is more than calls."""
    return not all(isinstance(statement, ast.Expr) for statement in _statements(text))


def _statements(text: str) -> list[ast.stmt]:
    for read in (str, to_python):
        try:
            return ast.parse(read(text)).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return []


def _notebook_file(exercise: str, shell: Any) -> Path:
    """Return this notebook's file: the one that Jupyter or VS Code name, or else the one with the exercise's name."""
    told = os.environ.get("JPY_SESSION_NAME") or (shell.user_ns.get("__vsc_ipynb_file__") if shell else None)
    place = Path.cwd() / Path(str(told)).name if told else None
    return (
        place
        if place is not None and place.suffix == NOTEBOOK_SUFFIX and place.is_file()
        else Path.cwd() / (exercise + NOTEBOOK_SUFFIX)
    )


def _read(file: Path, limit: int) -> bytes | None:
    try:
        return read_file(file.parent, (file.name,), limit=limit)
    except Unreadable:
        return None


# ---- pictures


class _NoMatplotlib(Exception):
    """Ends the plot: matplotlib is not installed."""


class picture:  # noqa: N801  # reads as a verb: with picture("adam") as plt
    """Context manager that shows the plot of the code in its block, or says in one line why there is none.

    Parameters
    ----------
    function
        The function that the picture is about.
    output
        A file to write the picture into, instead of showing it.
    drawn
        Is called once there is a picture.
    """

    def __init__(
        self, function: str, *, output: Path | None = None, drawn: Callable[[bool], None] | None = None
    ) -> None:
        self._function = function
        self._output = output
        self._drawn = drawn
        self._installed = importlib.util.find_spec("matplotlib") is not None
        self._quiet = contextlib.ExitStack()

    def __enter__(self) -> Any:
        """Return matplotlib's `pyplot`, or, if it is not installed, an object that ends the plot on first use."""
        self._quiet.enter_context(contextlib.redirect_stdout(io.StringIO()))
        self._quiet.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        if not self._installed:
            return self
        plt = importlib.import_module("matplotlib.pyplot")
        plt.close("all")
        return plt

    def __getattr__(self, name: str) -> Self:
        """End the plot at the first use of `pyplot`, which is not installed."""
        raise _NoMatplotlib(name)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Show the picture, or say what an exception means for it."""
        self._quiet.close()
        if error is not None and not isinstance(error, Exception):
            return False
        if error is not None:
            print(self._explanation(error))
        if self._installed:
            plt = importlib.import_module("matplotlib.pyplot")
            plt.close("all") if error else self._show(plt)
        return True

    def _show(self, plt: Any) -> None:
        draw_reference(plt, self._function)
        if self._output is None:
            plt.show()
        else:
            plt.savefig(self._output, dpi=DOTS_PER_INCH, bbox_inches="tight")
        if self._drawn is not None:
            self._drawn(True)

    def _explanation(self, error: Exception) -> str:
        name = self._function
        if isinstance(error, _NoMatplotlib):
            return f"A picture of what {name} does is drawn here once matplotlib is installed: pip install matplotlib"
        from autograder.pictures import why_not

        return why_not(name, [kind.__name__ for kind in type(error).__mro__], str(error))


# ---- the reference's lines below those of a student, from the answer key beside the notebook, if it has any


def draw_reference(plt: Any, function: str) -> None:
    """Draw the reference's lines into the current figure, wide and gray below the others, and add them to legends."""
    axes = plt.gcf().axes
    told = set()
    for line in _lines(function):
        if line.axis >= len(axes):  # the student has changed the cell
            continue
        axis = axes[line.axis]
        label = "_" if line.axis in told else "reference"  # matplotlib's legends skip labels that begin with it
        axis.plot(line.x, line.y, line.style, drawstyle=line.steps, label=label, zorder=BELOW, **GRAY)
        told.add(line.axis)
    for axis in (axes[number] for number in told):
        legend = axis.get_legend()
        if legend is not None:
            size = legend.get_texts()[0].get_fontsize()
            axis.legend(title=legend.get_title().get_text() or None, fontsize=size)


def _lines(function: str) -> tuple[ReferenceLine, ...]:
    """Return a function's lines in the answer key of the current folder, or none."""
    with contextlib.suppress(UsageError, OSError):
        for assignment in find_assignments([]):
            lines = assignment.key().pictures.get(function)
            if lines:
                return lines
    return ()
