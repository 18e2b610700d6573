"""`autograder release`: assignments from solutions."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.answers.library import open_books
from autograder.catalogue import find_exercises, find_root
from autograder.cli.main import DEFAULT_SEED
from autograder.release.course import release_course
from autograder.release.release import release


def run(arguments: argparse.Namespace) -> int:
    """Regenerate the assignments; the same solutions give the same bytes."""
    exercises = find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise)
    books = open_books(exercises, DEFAULT_SEED)
    if arguments.nbgrader:
        for file in release_course(exercises, books, arguments.nbgrader):
            print(file)
        return 0
    for exercise, book in zip(exercises, books, strict=True):
        for file in release(exercise, book):
            print(file.relative_to(exercise.root))
    return 0
