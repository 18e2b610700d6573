"""Who handed in: the folders of students, in the order in which records are written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from autograder.catalogue import UsageError


@dataclass(frozen=True, kw_only=True, slots=True)
class Student:
    """A student's folder, and the name that records and reports bear: always valid text."""

    folder: str
    name: str


def find_students(submissions: Path) -> list[Student]:
    """Return every folder of `submissions`, hidden ones apart, in the order of their names."""
    try:
        with os.scandir(submissions) as entries:
            folders = sorted(entry.name for entry in entries if not entry.name.startswith(".") and not entry.is_file())
    except OSError as error:
        raise UsageError(
            f"--submissions {submissions}: {error.strerror}; expected a folder with a folder a student"
        ) from error
    if not folders:
        raise UsageError(
            f"--submissions {submissions}: no student's folder in it; expected <student>/<exercise>/<exercise>.py"
        )
    return [Student(folder=name, name=name_of(name)) for name in folders]


def name_of(folder: str) -> str:
    """Return a folder's name as valid text."""
    return os.fsencode(folder).decode("utf-8", "backslashreplace")
