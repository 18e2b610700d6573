"""`autograder init`, `list` and `new`: make a course's file and key, list its exercises, write a new one."""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path

from autograder.course import COURSE_FILE, PUBLIC_CHECKS, UsageError, find_exercises, find_root


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


def init(arguments: argparse.Namespace) -> int:
    """Write the course's file, make its key, and say where they are."""
    from autograder.course_key import course_key_file, create_course_key
    from autograder.term import write_course_file

    root = find_root(arguments.course or arguments.folder or Path.cwd(), nearest=True)
    folder = arguments.folder or root
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(checks.parent.name for checks in (root / "solutions").glob(f"*/{PUBLIC_CHECKS}"))
    written = write_course_file(folder, root, names)
    if written is None:
        print(f"The course has a file already: {folder / COURSE_FILE}")
    else:
        print(f"The course's settings are in {written}: look through them, and set due dates.")
    made = create_course_key(folder)
    if made is None:
        print(f"The course has a key already: {course_key_file(folder)}")
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
