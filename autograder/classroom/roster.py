"""A class: its students, its exercises, and how it is graded.

Results have a fixed order: exercise by exercise, and student by student within an exercise. The position of a result in
this order is its `index`, from 0.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import UsageError
from autograder.limits import Limits
from autograder.merge import ReleasedNotebook
from autograder.results import Level
from autograder.store import KeyCover
from autograder.term import Roster, twins

WRITTEN = ("results.jsonl", "grades.csv")  # into OUT, by every run
NO_ROSTER = Roster()
# Files that systems and programs put into folders: they belong to no student.
STRAY = ("__MACOSX", "__pycache__", "System Volume Information", "$RECYCLE.BIN", "@eaDir", "lost+found")


@dataclass(frozen=True, kw_only=True, slots=True)
class Student:
    """A student's folder, and the name used in records and reports, which is always valid Unicode."""

    folder: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignedExercise:
    """An exercise as the class got it, and as it is graded."""

    cover: KeyCover  # the cover of the answer key
    notebook: ReleasedNotebook  # the notebook that was released
    limits: Limits  # what one submission may use
    revealed: bool = False  # whether messages of hidden checks show values, as those of public ones do

    @property
    def name(self) -> str:
        """The exercise's name."""
        return self.cover.exercise


@dataclass(frozen=True, kw_only=True, slots=True)
class Classroom:
    """A class."""

    submissions: Path  # the folder that holds `<student>/<exercise>/`
    students: tuple[Student, ...]  # the students, in the order of their names
    exercises: tuple[AssignedExercise, ...]  # the exercises, in the order of results
    at_least: Level  # the lowest isolation level at which student code may run
    private: tuple[Path, ...]  # files and folders that student code must not read

    @property
    def size(self) -> int:
        """The number of results."""
        return len(self.students) * len(self.exercises)

    def locate(self, index: int) -> tuple[AssignedExercise, Student]:
        """Return the exercise and the student of the result with an index."""
        exercise, student = divmod(index, len(self.students))
        return self.exercises[exercise], self.students[student]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The students in a folder of submissions, compared with the roster.

    Attributes
    ----------
    students
        Everybody who is graded: students with a folder, and students in the roster without one.
    outputs
        Folders with results of earlier runs, which are not students.
    absent
        Folders in the roster that do not exist.
    unknown
        Folders that are not in the roster.
    twins
        Groups of names that look alike: they differ in case, or in how an accent is encoded.
    """

    students: tuple[Student, ...]
    outputs: tuple[str, ...]
    absent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    twins: tuple[tuple[str, ...], ...] = ()


def find_students(submissions: Path, exercises: Sequence[str], roster: Roster = NO_ROSTER) -> Found:
    """Return the students of a class: every folder among the submissions, and everybody in the roster.

    Hidden folders, folders that systems leave everywhere, and earlier OUTs are not students. An earlier OUT holds the
    files that every run writes, and nothing for any of the exercises.

    Raises `UsageError` if the folder can't be read, or has no student's folder in it.
    """
    try:
        with os.scandir(submissions) as entries:
            folders = sorted(entry.name for entry in entries if not _is_stray(entry.name) and not _is_file(entry))
    except OSError as error:
        raise UsageError(
            f"--submissions {submissions}: {error.strerror}; expected a folder that holds one folder per student"
        ) from error
    outputs = [folder for folder in folders if _is_output(submissions / folder, exercises)]
    students = [Student(folder=folder, name=student_name(folder)) for folder in folders if folder not in outputs]
    if not students:
        raise UsageError(
            f"--submissions {submissions}: there is no student's folder in it; expected "
            "<student>/<exercise>/<exercise>.py"
        )
    own = {student.name: roster.of_folder(student.name) for student in students}
    there = {known.folder for known in own.values() if known is not None}
    absent = [known.folder for known in roster.students if known.folder not in there]
    everybody = [*students, *(Student(folder=folder, name=folder) for folder in absent)]
    named = [*own, *(known.folder for known in own.values() if known is not None), *absent]
    return Found(
        students=tuple(sorted(everybody, key=lambda student: student.folder)),
        outputs=tuple(outputs),
        absent=tuple(absent),
        unknown=tuple(name for name, known in own.items() if known is None) if roster.students else (),
        twins=tuple(map(tuple, twins(named))),
    )


def _is_stray(name: str) -> bool:
    return name.startswith(".") or name in STRAY


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # instead of a student's folder, there is a circular link
        return False


def _is_output(folder: Path, exercises: Sequence[str]) -> bool:
    if not all(os.path.isfile(folder / name) for name in WRITTEN):  # noqa: PTH113  # refused permissions are no error
        return False
    return not any(os.path.lexists(folder / name) for name in exercises)


def student_name(folder: str) -> str:
    """Return the name of a student's folder as valid Unicode: bytes that are not UTF-8 are written as escapes."""
    return os.fsencode(folder).decode("utf-8", "backslashreplace")
