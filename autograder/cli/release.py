"""`autograder release`: make assignments from solutions, a folder for students, or a course folder for nbgrader."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.course import UsageError, find_exercises, find_root
from autograder.course_key import HANDED_OUT
from autograder.recording import open_keys
from autograder.release import release, release_bundle, release_course, zip_bundle


def run(arguments: argparse.Namespace) -> int:
    """Write the assignments and print their files; the same solutions give the same bytes."""
    exercises = find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise)
    keys = open_keys(exercises, HANDED_OUT)
    if arguments.nbgrader:
        for file in release_course(exercises, keys, arguments.nbgrader):
            print(file)
        return 0
    if arguments.zip and not arguments.students:
        raise UsageError("--zip makes one file of the folder for students: name it with --students DIR")
    if arguments.students:
        files = release_bundle(exercises, keys, arguments.students)
        for file in [*files, *([zip_bundle(arguments.students, files)] if arguments.zip else [])]:
            print(file)
        return 0
    for exercise, key in zip(exercises, keys, strict=True):
        for file in release(exercise, key):
            print(file.relative_to(exercise.root))
    return 0
