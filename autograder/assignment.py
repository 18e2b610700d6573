"""A student's side of an exercise: a file to fill in, the public checks, and the public answer key beside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course import COURSE_FILE, PUBLIC_CHECKS, UsageError

if TYPE_CHECKING:
    from autograder.key import AnswerKey

ASSIGNMENTS = "assignments"  # in the folder that a course gives to students
SUFFIX = ".key"  # as in `key`, which needs NumPy
SUBMITTED = (".py", ".ipynb")


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment:
    """A student's file, and the answer key of its public checks."""

    file: Path
    key_file: Path

    def key(self) -> AnswerKey:
        """Read the public answer key."""
        from autograder.key import read_key

        try:
            return read_key(self.key_file)
        except ValueError as error:
            raise UsageError(f"{error}; get the assignment's folder again") from error

    def sources(self) -> dict[str, bytes]:
        """Return the files of the public checks by name: `public_checks.py`, and data files."""
        folder = self.key_file.parent
        files = [folder / PUBLIC_CHECKS, *sorted(folder.glob("data/*"))]
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files if file.is_file()}


def find_assignments(paths: list[Path]) -> list[Assignment]:
    """Return the assignments that the paths name: files, notebooks, assignment folders, or folders of such folders.

    The folder that a course gives to students is one, too: they are in its `assignments/`.

    Raises `UsageError` if there is none, or if one is a submission, since files in its folder would be executed.
    """
    found = [each for path in (paths or [Path.cwd()]) for each in _find(path)]
    for assignment in found:
        _require_own(assignment)
    return found


def assignment_of(file: Path) -> Assignment | None:
    """Return the assignment of a student's file or notebook, if its answer key is beside it, under whatever name.

    A standalone notebook unpacks its key into a folder of its own name.
    """
    if file.suffix not in SUBMITTED:
        return None
    laid = file.parent / file.stem / f"{file.stem}{SUFFIX}"
    found = _in_folder(file.parent)
    if not found and laid.is_file():
        return Assignment(file=file.with_suffix(".py"), key_file=laid)
    return next((each for each in found if each.file.stem == file.stem), found[0] if len(found) == 1 else None)


def _require_own(assignment: Assignment) -> None:
    folder = assignment.key_file.parent.resolve()
    # A student may work in the folder that is graded; whoever can write the course's file is no student.
    if not any(os.access(above / COURSE_FILE, os.W_OK) for above in folder.parents):
        return
    from autograder.term import is_submitted

    if is_submitted(folder):
        raise UsageError(
            f"{folder} is among the submissions of a course: the checks in it are somebody else's, and would run "
            f"with your permissions. Next: autograder grade-file {assignment.file} --exercise {assignment.file.stem}"
        )


def _find(path: Path) -> list[Assignment]:
    if path.is_dir():
        found = _in_folder(path) or _below(path) or _below(path / ASSIGNMENTS)
        if not found:
            raise UsageError(f"no assignment in {path}: {_nearest(path)}")
        return found
    if not path.exists():
        raise UsageError(f"{path} does not exist")
    assignment = assignment_of(path)
    if assignment is None:
        raise UsageError(f"{path} has no answer key beside it: expected {path.with_suffix(SUFFIX).name} in its folder")
    return [assignment]


def _below(path: Path) -> list[Assignment]:
    folders = sorted(path.iterdir()) if path.is_dir() else []
    return [each for folder in folders if folder.is_dir() for each in _in_folder(folder)]


def _nearest(path: Path) -> str:
    """Return where assignments are, below a folder or near it, or else what an assignment consists of."""
    for folder in (path.absolute(), *path.absolute().parents[:3]):
        found = sorted(folder.glob(f"{ASSIGNMENTS}/*/*{SUFFIX}")) or sorted(folder.glob(f"*/*/*{SUFFIX}"))
        if found:
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            return f"there is one in {found[0].parent}{more}"
    return f"expected a file and its answer key beside it, such as {path.name}.py and {path.name}{SUFFIX}"


def _in_folder(folder: Path) -> list[Assignment]:
    return [Assignment(file=file.with_suffix(".py"), key_file=file) for file in sorted(folder.glob(f"*{SUFFIX}"))]
