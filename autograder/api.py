"""The public Python API, which the command line, pytest and notebooks call, too."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import msgspec

from autograder.assignment import Assignment, find_assignments
from autograder.cells import Cell
from autograder.course import UsageError, find_exercises, find_root, private_files
from autograder.course_key import find_course_key
from autograder.grading import (
    MAX_SOURCE,
    Graded,
    Grader,
    Submission,
    Unreadable,
    open_grader,
    read_file,
    single_file,
)
from autograder.merge import MAX_NOTEBOOK, NOTEBOOK_SUFFIX, merge
from autograder.recording import open_keys
from autograder.results import Error, Level, Record


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
    seed: int | None = None,
    course: str | Path | None = None,
    isolation: Level = "good",
) -> Record:
    """Grade one submitted `.py` file or notebook with all checks of an exercise, in a sandbox (Linux).

    Parameters
    ----------
    path
        The submitted file. Nothing beside it is read.
    exercise
        The exercise's name.
    seed
        A number that checks draw from in the course key's place, for a trial: hidden checks are then no secret.
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
        Where the file, the exercise or the course key is not there, or this machine does not reach the level.

    Examples
    --------
    >>> import autograder
    >>> record = autograder.grade("solutions/normalization/normalization.py", "normalization", seed=1)
    >>> record.score, record.max_score
    (100.0, 100.0)
    """
    return grade_file(
        Path(path), exercise, seed=seed, course=Path(course) if course else None, isolation=isolation
    ).record


def grade_file(
    file: Path,
    exercise: str,
    *,
    seed: int | None,
    course: Path | None,
    isolation: Level,
    limits: Mapping[str, float] = MappingProxyType({}),
) -> Graded:
    """Grade a submitted `.py` file or notebook with all checks, on a worker that has proven its level.

    Parameters
    ----------
    limits
        Limits other than the exercise's own, by name.
    """
    from autograder.release import make_released_notebook
    from autograder.sandbox import confinement, open_sandbox

    root = course or find_root(Path.cwd())
    (folder,) = find_exercises(root, [exercise])
    (key,) = open_keys([folder], find_course_key(root, seed))
    if file.suffix == NOTEBOOK_SUFFIX:
        merged = merge(_read(file, MAX_NOTEBOOK), None, make_released_notebook(folder))
        error = Error(kind="unreadable", message=merged.problem) if merged.problem else None
        submission = Submission(student=_user(), cells=merged.cells, error=error)
    else:
        submission = single_file(_user(), exercise, _read(file, MAX_SOURCE))
    confined = confinement(isolation, private_files([folder]))
    sandbox, level = open_sandbox(msgspec.structs.replace(key.limits, **limits), confined)
    with sandbox:
        return open_grader(key).grade(submission, sandbox, level)


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


def _read(file: Path, limit: int) -> bytes:
    try:
        return read_file(file.parent, (file.name,), limit=limit)
    except Unreadable as unreadable:
        raise UsageError(f"{file}: {unreadable.error.message}") from None


def _user() -> str:
    return os.environ.get("USER", "")
