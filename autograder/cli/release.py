"""`autograder release`: make assignments from solutions, a folder for students, or a course folder for nbgrader."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from autograder.cli.settings import key_file_of
from autograder.course import UsageError, find_exercises, find_root
from autograder.course_key import HANDED_OUT, find_course_key
from autograder.recording import open_keys
from autograder.release import (
    RepairTasks,
    read_names,
    release,
    release_bundle,
    release_course,
    release_repairs,
    zip_bundle,
)

REPAIRS = "repairs"


def run(arguments: argparse.Namespace) -> int:
    """Write the assignments and print their files; the same solutions give the same bytes."""
    exercises = find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise)
    if arguments.repair:
        return _run_repair(arguments)
    if arguments.count is not None or arguments.output:
        raise UsageError("--count and --output are for repair tasks: give --repair EXERCISE, too")
    for option in ("zip", "standalone"):
        if getattr(arguments, option) and not arguments.students:
            raise UsageError(f"--{option} goes with the folder for students: name that with --students DIR")
    keys = open_keys(exercises, HANDED_OUT)
    if arguments.nbgrader:
        _told(release_course(exercises, keys, arguments.nbgrader, arguments.settings.file))
    elif arguments.students:
        files = _told(release_bundle(exercises, keys, arguments.students, arguments.standalone))
        if arguments.zip:
            print(zip_bundle(arguments.students, files))
    else:
        for exercise, key in zip(exercises, keys, strict=True):
            _told(file.relative_to(exercise.root) for file in release(exercise, key))
    return 0


def _run_repair(arguments: argparse.Namespace) -> int:
    """Write a repair task for each student, or a number of tasks without names, and print their folders."""
    if arguments.exercise or arguments.nbgrader or arguments.zip:
        raise UsageError(
            "--repair EXERCISE makes tasks of that exercise alone, and takes --count, --students, --output"
        )
    if arguments.students and arguments.count is not None:
        raise UsageError("--students FILE makes a task for each name in it, --count N makes N: give one of them")
    root = arguments.course or find_root(Path.cwd())
    (exercise,) = find_exercises(root, [arguments.repair])
    course_key = find_course_key(root, file=key_file_of(arguments))
    (key,) = open_keys([exercise], HANDED_OUT)
    if arguments.students:
        students = read_names(arguments.students)
    else:
        students = [str(number) for number in range(1, (arguments.count or 1) + 1)]
    tasks = RepairTasks(exercise, key)
    output = arguments.output or root / REPAIRS
    for folder in release_repairs(tasks, course_key, students, output):
        print(folder)
    print(
        f"{len(students)} repair task{'s' * (len(students) != 1)} of {exercise.name}, drawn from {len(tasks.texts)}. "
        f"To grade them: autograder grade {exercise.name} --submissions DIR --output OUT"
    )
    return 0


def _told(files: Iterable[Path]) -> list[Path]:
    """Print files as they are written, and return them."""
    written = []
    for file in files:
        print(file, flush=True)
        written.append(file)
    return written
