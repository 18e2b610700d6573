"""The public Python API, which the command line, pytest and notebooks call, too."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

import msgspec

from autograder.assignment import Assignment, find_assignments
from autograder.cells import Cell
from autograder.course import ExerciseFolder, UsageError, find_exercises, find_root, private_files
from autograder.course_key import CourseKey, find_course_key
from autograder.grading import (
    MAX_SOURCE,
    NOBODY,
    Graded,
    Grader,
    Listener,
    Submission,
    Unreadable,
    open_grader,
    read_file,
    read_folder,
    single_file,
)
from autograder.limits import Limits
from autograder.merge import MAX_NOTEBOOK, NOTEBOOK_SUFFIX, ReleasedNotebook, merge
from autograder.recording import open_keys
from autograder.results import Error, Level, Record
from autograder.starting import Early
from autograder.wire import Refused

if TYPE_CHECKING:
    from autograder.sandbox import Sandbox
    from autograder.worker import StudentModule

ABSENT = "is not there yet (it begins as the stub that comes with the assignment)"


def check(path: str | Path) -> Record:
    """Run the public checks on a student's own file, notebook or both.

    Parameters
    ----------
    path
        The file or the notebook, with its assignment's public checks and answer key beside it, or the assignment's
        folder. A file and a notebook in the same folder are checked together, as in grading.

    Returns
    -------
    Record
        What the checks say; see `Record.checks`.

    Raises
    ------
    UsageError
        If there is no assignment, or more than one.

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
    return check_assignment(assignment).record


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
        A number to draw inputs from instead of the course key, for trying things out: hidden inputs are then no secret.
    course
        The folder that holds `solutions/`; without it, the nearest one from the current folder upwards.
    isolation
        The lowest level at which the file's code may run.

    Returns
    -------
    Record
        The complete record of the submission.

    Raises
    ------
    UsageError
        If the file, the exercise or the course key does not exist, or this machine does not reach the level.

    Examples
    --------
    >>> import autograder
    >>> record = autograder.grade("solutions/normalization/normalization.py", "normalization", seed=1)
    >>> record.score, record.max_score
    (100.0, 100.0)
    """
    root = Path(course) if course else find_root(Path.cwd())
    (folder,) = find_exercises(root, [exercise])
    return grade_file(Path(path), folder, find_course_key(root, seed), isolation=isolation).record


def grade_file(
    file: Path,
    exercise: ExerciseFolder,
    course_key: CourseKey,
    *,
    isolation: Level,
    limits: Mapping[str, float] = MappingProxyType({}),
    private: Sequence[Path] = (),
) -> Graded:
    """Grade a submitted `.py` file or notebook with all checks, in a sandbox of a proven level.

    Parameters
    ----------
    limits
        Limits other than the exercise's own, by name.
    private
        Files that it must not read, in addition to the course.
    """
    from autograder.release import make_released_notebook
    from autograder.sandbox import confinement, open_sandbox

    (key,) = open_keys([exercise], course_key)
    if file.suffix == NOTEBOOK_SUFFIX:
        merged = merge(_read(file, MAX_NOTEBOOK), None, make_released_notebook(exercise))
        error = Error(kind="unreadable", message=merged.problem) if merged.problem else None
        submission = Submission(student=_user(), cells=merged.cells, error=error)
    else:
        submission = single_file(_user(), exercise.name, _read(file, MAX_SOURCE))
    grader = open_grader(key)
    confined = confinement(isolation, [*private_files([exercise]), *private])
    sandbox, level = open_sandbox(msgspec.structs.replace(key.limits, **limits), confined, grader.data)
    with sandbox:
        return grader.grade(submission, sandbox, level)


class OwnSandboxes:
    """Sandboxes for a student's own files, on Linux, of which one is open; as a context manager, it closes that.

    The worker program stays for the next file that has the same limits and data. `early` is one that already runs.
    """

    def __init__(self, early: Early | None = None) -> None:
        self._early = early
        self._open: Sandbox | None = None
        self._data: Mapping[str, bytes] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sandbox(self, limits: Limits, data: Mapping[str, bytes]) -> Sandbox:
        """Return a sandbox with these limits, in which a submission may read these files."""
        from autograder.sandbox import BARE, Sandbox

        if self._open is not None and (self._open.limits, self._data) == (limits, data) and _runs(self._open.process):
            return self._open
        self.close()
        early, self._early, self._data = self._early, None, data
        self._open = Sandbox(limits, BARE, early=early, data=data)
        return self._open

    def close(self) -> None:
        """Close the sandbox that is open, if any."""
        if self._open is not None:
            self._open.close()
            self._open = None


def _runs(child: int) -> bool:
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def check_assignment(
    assignment: Assignment,
    functions: Sequence[str] = (),
    *,
    listener: Listener = NOBODY,
    first: Collection[str] = (),
    sandboxes: OwnSandboxes | None = None,
) -> Graded:
    """Run the public checks of some functions, or of all, on a student's file, notebook or both, as they are graded.

    They run in a sandbox on Linux, and in this process elsewhere. The checks of functions in `first` run before all
    others. `sandboxes` are for several calls; by default, a sandbox is opened for this one.
    """
    grader = _public_grader(assignment, functions)
    released = ReleasedNotebook(exercise=grader.exercise, cells=grader.key.notebook)
    submission = read_folder(assignment.file.parent, (), _user(), released, ABSENT)
    return _grade_own(grader, submission, assignment.key_file.parent, sandboxes, listener, first)


def judge_by_check(script: str, check: str, functions: Mapping[str, object], simpler: int | None = None) -> int:
    """Run one public check on functions of this process, say what it finds, and return 0 if it is passed, else 1.

    For scripts of `autograder debug`: a debugger can step from the check into the functions.

    Parameters
    ----------
    script
        A file in the assignment's folder.
    check
        The check's id.
    functions
        The student's functions by name.
    simpler
        Which of the simpler inputs that the answer key knows, or None for the check's own.
    """
    from autograder.checking import InProcessStudent

    (assignment,) = find_assignments([Path(script).parent])
    grader = open_grader(assignment.key(), assignment.sources(), assignment.key_file.parent)
    words = grader.explain_run(InProcessStudent(functions), check, simpler)
    print(words or "The check is passed.")
    return 1 if words else 0


def own_student(assignment: Assignment) -> StudentModule:
    """Return what a student's file, notebook or both define; they run in this process, unconfined.

    Raises `UsageError` if there is nothing to run.
    """
    from autograder.worker import StudentModule

    key = assignment.key()
    released = ReleasedNotebook(exercise=key.exercise, cells=key.notebook)
    submission = read_folder(assignment.file.parent, (), _user(), released, ABSENT)
    if submission.error is not None:
        raise UsageError(submission.error.message)
    module = StudentModule(key.exercise)
    for cell in submission.cells:
        loading = module.load(cell)
        if isinstance(loading, Refused):
            place = f", line {loading.line}" if loading.line else ""
            raise UsageError(f"{cell.label}{place} can't be read: {loading.message}")
    return module


def grade_cells(
    assignment: Assignment,
    functions: Sequence[str],
    cells: Sequence[Cell],
    note: str = "",
    sandboxes: OwnSandboxes | None = None,
) -> Graded:
    """Run the public checks of the named functions, or of all, on a notebook's cells."""
    submission = Submission(student=_user(), cells=tuple(cells), note=note, files=("this notebook",))
    return _grade_own(_public_grader(assignment, functions), submission, assignment.key_file.parent, sandboxes)


def _public_grader(assignment: Assignment, functions: Sequence[str]) -> Grader:
    grader = open_grader(assignment.key(), assignment.sources(), assignment.key_file.parent)
    return grader.only(functions) if functions else grader


def _grade_own(
    grader: Grader,
    submission: Submission,
    folder: Path,
    sandboxes: OwnSandboxes | None,
    listener: Listener = NOBODY,
    first: Collection[str] = (),
) -> Graded:
    if sys.platform != "linux":
        with contextlib.chdir(folder) if grader.data else contextlib.nullcontext():  # where the data files are
            graded = grader.grade(submission, None, listener=listener, first=first, examples=True)
    else:
        with OwnSandboxes() if sandboxes is None else contextlib.nullcontext(sandboxes) as opened:
            sandbox = opened.sandbox(grader.limits, grader.data)
            graded = grader.grade(submission, sandbox, listener=listener, first=first, examples=True)
    return _with_numpy(graded, grader.key.numpy)


def _with_numpy(graded: Graded, expected: str) -> Graded:
    """Add a line of advice if grading uses another version of NumPy, which may refuse what this one only warns of."""
    record = graded.record
    if not expected or record.numpy.split(".")[:2] == expected.split(".")[:2]:
        return graded
    line = (
        f"this is NumPy {record.numpy}, and grading uses {expected}, where your code may fail or give other numbers: "
        f"pip install numpy=={expected}"
    )
    return replace(graded, record=msgspec.structs.replace(record, advice=(*record.advice, line)))


def _read(file: Path, limit: int) -> bytes:
    try:
        return read_file(file.parent, (file.name,), limit=limit)
    except Unreadable as unreadable:
        raise UsageError(f"{file}: {unreadable.error.message}") from None


def _user() -> str:
    return os.environ.get("USER", "")
