"""`check("adam")` in a student's notebook: the public checks of a function, on what was run in the notebook so far.

The functions come from the kernel's history (`live`) and from the `.py` file beside the notebook, and are asked in a
confined worker like everybody's: nothing is judged in the kernel itself. The answers are in the public book beside it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from autograder.assignment import Assignment, find_assignments
from autograder.catalogue import UsageError
from autograder.cells import Cell
from autograder.grade.ask import questions
from autograder.grade.grade import Graded, grade
from autograder.grade.read import Submission, read_file
from autograder.notebook.live import live_cells
from autograder.report.feedback import feedback
from autograder.report.feedback import points as words_of_points
from autograder.report.style import Style
from autograder.worker.own import own_worker

SHOWN = Style(signs=True)


def check(*functions: str) -> None:
    """Print what the public checks of a function say, or those of all functions where none is named."""
    try:
        graded = _graded(functions)
    except UsageError as error:
        print(f"check: {error}")
        return
    heading, _, rest = feedback(graded.record, SHOWN, graded.notes).partition("\n\n")
    print((rest if len(functions) == 1 and graded.record.error is None else f"{heading}\n\n{rest}").rstrip())
    if all(check.status == "passed" for check in graded.record.checks):
        print("\nAll public checks passed. Save the notebook: what is graded is the saved one.")


def points(function: str) -> None:
    """Print in a line which points of a function the public checks give, as far as they were run."""
    try:
        graded = _graded((function,))
    except UsageError as error:
        print(f"points: {error}")
        return
    earned, possible = (words_of_points(value) for value in (graded.record.score, graded.record.max_score))
    print(f"{function}: {earned} of {possible} points by the public checks; hidden checks give the rest.")


def _graded(functions: Sequence[str]) -> Graded:
    assignment, *more = find_assignments([])
    if more:
        raise UsageError(f"{Path.cwd()} holds several assignments; start the notebook in the folder of one")
    book = assignment.book()
    unknown = [name for name in functions if name not in book.parameters]
    if unknown:
        raise UsageError(f"no function {unknown[0]!r} in {book.exercise}; it has {', '.join(book.parameters)}")
    file = read_file(Path.cwd(), (assignment.file.name,), student="")
    cells = live_cells(_history(), None if file.error else file.source, book.exercise, book.parameters)
    return _grade(assignment, tuple(functions), tuple(cells))


@cache
def _grade(assignment: Assignment, functions: tuple[str, ...], cells: tuple[Cell, ...]) -> Graded:
    """Ask the checks of some functions, or of all; what did not change since is not asked again."""
    book = assignment.book()
    asked = tuple(check for check in book.checks if not functions or check.function in functions)
    book = msgspec.structs.replace(book, checks=asked)
    submission = Submission(student=os.environ.get("USER", ""), source=b"", error=None, cells=cells)
    with own_worker(book.limits) as worker:
        return grade(book, questions(book), submission, worker)


def _history() -> Sequence[str]:
    """Return what was run in this kernel, by number; outside of IPython there is nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell.history_manager.input_hist_raw if shell else ("",)
