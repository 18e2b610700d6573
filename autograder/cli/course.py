"""`autograder init`, `new`, `list` and `release`: make a course, write and list its exercises, and release them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from autograder.course import COURSE_FILE, PUBLIC_CHECKS, UsageError, find_exercises, find_root
from autograder.course_key import HANDED_OUT, course_key_file, create_course_key, find_course_key

REPAIRS = "repairs"


def init(arguments: argparse.Namespace) -> int:
    """Write the course's file, make its key, and say where they are."""
    from autograder.term import write_course_file

    root = find_root(arguments.course or arguments.folder or Path.cwd(), nearest=True)
    folder = arguments.folder or root
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(checks.parent.name for checks in (root / "solutions").glob(f"*/{PUBLIC_CHECKS}"))
    written = write_course_file(folder, root, names)
    if written is None:
        print(f"There is a course file already: {folder / COURSE_FILE}")
    else:
        print(f"The course's settings are in {written}: look through them, and set due dates.")
    made = create_course_key(folder)
    if made is None:
        print(f"There is a course key already: {course_key_file(folder)}")
        return 0
    print(f"The course's key is in {made}.")
    print("It gives away the inputs of hidden checks: show it to nobody, and keep a copy where you keep passwords.")
    return 0


def new(arguments: argparse.Namespace) -> int:
    """Write a small exercise, print its files, and say what to do next."""
    from autograder.authoring.load import write_exercise

    root = arguments.course or _root_or_here()
    for file in write_exercise(root, arguments.name):
        print(file.relative_to(root))
    words = f"{arguments.name}{f' --course {root}' if arguments.course else ''}"
    print(f"Next: autograder release {words}, then autograder verify {words}")
    return 0


def _root_or_here() -> Path:
    """Return the course that the current folder is in, or else the current folder, for a new course."""
    try:
        return find_root(Path.cwd(), nearest=True)
    except UsageError:
        return Path.cwd()


def list_exercises(arguments: argparse.Namespace) -> int:
    """Print every exercise with its functions, checks and points."""
    from autograder.authoring import load_exercise
    from autograder.report import points

    for folder in find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise):
        exercise = load_exercise(folder.name, folder.check_sources(), folder.folder)
        all_checks = exercise.checks()
        public = sum(check.points for check in all_checks if check.visibility == "public")
        total = sum(check.points for check in all_checks)
        print(f"{folder.name}: {len(all_checks)} checks, {points(total)} points, {points(public)} of them public")
        for function, checks in groupby(all_checks, key=lambda check: check.function.name):
            group = list(checks)
            print(f"  {function}: {points(sum(check.points for check in group))} points")
            for check in group:
                print(f"    {points(check.points):>3}  {check.visibility:6}  {check.id}: {check.title}")
        print()
    return 0


def release(arguments: argparse.Namespace) -> int:
    """Write the assignments and print their files; the same solutions give the same bytes."""
    from autograder.recording import open_keys
    from autograder.release import release as release_exercise
    from autograder.release import release_bundle, release_course, zip_bundle

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
            _told(file.relative_to(exercise.root) for file in release_exercise(exercise, key))
    return 0


def _run_repair(arguments: argparse.Namespace) -> int:
    """Write a repair task for each student, or a number of tasks without names, and print their folders."""
    from autograder.recording import open_keys
    from autograder.release import RepairTasks, read_names, release_repairs

    if arguments.named or arguments.nbgrader or arguments.zip:  # course.toml names exercises, too
        raise UsageError(
            "--repair EXERCISE makes tasks of that exercise alone, and takes --count, --students, --output"
        )
    if arguments.students and arguments.count is not None:
        raise UsageError("--students FILE makes a task for each name in it, --count N makes N: give one of them")
    root = arguments.course or find_root(Path.cwd())
    (exercise,) = find_exercises(root, [arguments.repair])
    course_key = find_course_key(root, file=arguments.key_file)
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
