"""The public Python API, which the command line, pytest and notebooks call, too."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.assignment import Assignment, find_assignments
from autograder.cells import Cell
from autograder.course import DEFAULT_SEED, UsageError, find_exercises, find_root
from autograder.grading import Graded, Grader, Submission, Unreadable, open_grader, read_file, single_file
from autograder.recording import open_keys
from autograder.results import Level, Record


def check(path: str | Path) -> Record:
    """Run the public checks on a student's own file.

    Parameters
    ----------
    path
        The file, with its assignment's public checks and answer key beside it, or the assignment's folder.

    Returns
    -------
    Record
        What the checks say; see `Record.checks`.

    Raises
    ------
    UsageError
        Where there is no assignment, or more than one.

    Examples
    --------
    >>> import autograder
    >>> record = autograder.check("assignments/normalization")
    >>> record.score, {check.status for check in record.checks}
    (0.0, {'not_attempted'})
    """
    assignment, *more = find_assignments([Path(path)])
    if more:
        raise UsageError(f"{path} holds several assignments; name the folder or the file of one")
    return check_file(assignment.file, assignment).record


def grade(
    path: str | Path,
    exercise: str,
    *,
    seed: int = DEFAULT_SEED,
    course: str | Path | None = None,
    isolation: Level = "good",
) -> Record:
    """Grade one submitted file with all checks of an exercise, in a sandbox (Linux).

    Parameters
    ----------
    path
        The submitted file. Nothing beside it is read.
    exercise
        The exercise's name.
    seed
        The course seed that hidden checks draw their inputs from.
    course
        The folder that holds `solutions/`; without it, the nearest one from the current folder upwards.
    isolation
        The least level at which the file's code may run.

    Returns
    -------
    Record
        The complete record of the submission.

    Raises
    ------
    UsageError
        Where the file or the exercise is not there, or this machine does not reach the level.

    Examples
    --------
    >>> import autograder
    >>> record = autograder.grade("solutions/normalization/normalization.py", "normalization")
    >>> record.score, record.max_score
    (100.0, 100.0)
    """
    from autograder.sandbox import confinement, open_sandbox

    file = Path(path)
    root = Path(course) if course is not None else find_root(Path.cwd())
    (key,) = open_keys(find_exercises(root, [exercise]), seed)
    source = _read(file)
    sandbox, level = open_sandbox(key.limits, confinement(isolation))
    with sandbox:
        return open_grader(key).grade(single_file(_user(), exercise, source), sandbox, level).record


def check_file(file: Path, assignment: Assignment, functions: Sequence[str] = ()) -> Graded:
    """Run the public checks of some functions, or of all, on a student's own file.

    They run in a sandbox on Linux, in this process elsewhere.
    """
    grader = _public_grader(assignment)
    if functions:
        grader = grader.only(functions)
    try:
        source = read_file(file.parent, (file.name,))
    except Unreadable as unreadable:
        return grader.grade(Submission(student=_user(), error=unreadable.error), None)
    return _grade_own(grader, single_file(_user(), grader.exercise, source))


def grade_cells(assignment: Assignment, functions: Sequence[str], cells: Sequence[Cell]) -> Graded:
    """Run the public checks of some functions, or of all where none is named, on a notebook's cells."""
    grader = _public_grader(assignment)
    return _grade_own(grader.only(functions) if functions else grader, Submission(student=_user(), cells=tuple(cells)))


def _public_grader(assignment: Assignment) -> Grader:
    return open_grader(assignment.key(), assignment.sources(), assignment.key_file.parent)


def _grade_own(grader: Grader, submission: Submission) -> Graded:
    if sys.platform != "linux":
        return grader.grade(submission, None)
    from autograder.sandbox import BARE, Sandbox

    with Sandbox(grader.limits, BARE) as sandbox:
        return grader.grade(submission, sandbox)


def _read(file: Path) -> bytes:
    try:
        return read_file(file.parent, (file.name,))
    except Unreadable as unreadable:
        raise UsageError(f"{file}: {unreadable.error.message}") from None


def _user() -> str:
    return os.environ.get("USER", "")
