"""`autograder release`: make assignments from solutions, a folder for students, or a course folder for nbgrader."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from autograder.course import UsageError, find_exercises, find_root
from autograder.course_key import HANDED_OUT
from autograder.recording import open_keys
from autograder.release import release, release_bundle, release_course, zip_bundle


def run(arguments: argparse.Namespace) -> int:
    """Write the assignments and print their files; the same solutions give the same bytes."""
    exercises = find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise)
    for option in ("zip", "standalone"):
        if getattr(arguments, option) and not arguments.students:
            raise UsageError(f"--{option} goes with the folder for students: name that with --students DIR")
    keys = open_keys(exercises, HANDED_OUT)
    if arguments.nbgrader:
        _told(release_course(exercises, keys, arguments.nbgrader))
    elif arguments.students:
        files = _told(release_bundle(exercises, keys, arguments.students, arguments.standalone))
        if arguments.zip:
            print(zip_bundle(arguments.students, files))
    else:
        for exercise, key in zip(exercises, keys, strict=True):
            _told(file.relative_to(exercise.root) for file in release(exercise, key))
    return 0


def _told(files: Iterable[Path]) -> list[Path]:
    """Print files as they are written, and return them."""
    written = []
    for file in files:
        print(file, flush=True)
        written.append(file)
    return written
