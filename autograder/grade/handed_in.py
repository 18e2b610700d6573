"""Read what a student handed in: the `.py` file, the notebook, or both; what comes out is what a worker runs.

On disk: FOLDER/<student>/<exercise>/<exercise>.py and <exercise>.ipynb. Nothing is parsed here but the notebook's JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from autograder.grade.read import Submission, read_file, read_submission
from autograder.notebook.merge import MAX_NOTEBOOK, Released, merge
from autograder.results import Error

SUFFIX = ".ipynb"


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedIn:
    """A submission, and what its student has to know: that a part of it was not read, and why."""

    submission: Submission
    note: str = ""


def read_handed_in(folder: Path, student: str, exercise: str, given: Released) -> HandedIn:
    """Read a student's submission; `given` is the notebook that was released, which tells what is the student's own."""
    module = read_submission(folder, student, exercise)
    notebook = read_file(folder, (student, exercise, exercise + SUFFIX), student=student, limit=MAX_NOTEBOOK)
    if notebook.error is not None:
        missing = notebook.error.kind == "missing"
        return HandedIn(submission=module, note="" if missing else f"{notebook.error.message}; it was not graded")
    merged = merge(notebook.source, None if module.error else module.source, given)
    note = f"{exercise}{SUFFIX} was not graded: {merged.problem}" if merged.problem else ""
    if not merged.cells:
        return HandedIn(submission=_unread(module, merged.problem), note="")
    if module.error is None and len(merged.cells) == 1:  # nothing in the notebook is the student's own
        return HandedIn(submission=module, note=note)
    return HandedIn(submission=replace(module, cells=merged.cells, error=None), note=note)


def _unread(module: Submission, problem: str) -> Submission:
    """Return a submission without anything that could be run."""
    if problem and module.error is not None and module.error.kind == "missing":
        return replace(module, error=Error(kind="unreadable", message=problem))
    return module
