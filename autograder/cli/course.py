"""`autograder list` and `autograder new`: what a course consists of, and a start for one more exercise."""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path

from autograder.course import DEFAULT_SEED, UsageError, find_exercises, find_root


def list_exercises(arguments: argparse.Namespace) -> int:
    """Print every exercise with its functions, checks and points."""
    from autograder.recording import open_keys
    from autograder.report import points

    exercises = find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise)
    for key in open_keys(exercises, DEFAULT_SEED):
        public = sum(check.points for check in key.checks if check.visibility == "public")
        total = sum(check.points for check in key.checks)
        print(f"{key.exercise}: {len(key.checks)} checks, {points(total)} points, {points(public)} of them public")
        for function, checks in groupby(key.checks, key=lambda check: check.function):
            group = list(checks)
            print(f"  {function}: {points(sum(check.points for check in group))} points")
            for check in group:
                worth = f"{points(check.points):>3}  {check.visibility:6}  {check.kind:12}"
                print(f"    {worth}  {check.id}: {check.title}")
        print()
    return 0


def new(arguments: argparse.Namespace) -> int:
    """Write a small exercise, print its files, and say what to do next."""
    from autograder.authoring.template import write_exercise

    root = arguments.course or _root_or_here()
    for file in write_exercise(root, arguments.name):
        print(file.relative_to(root))
    words = f"{arguments.name}{f' --course {root}' if arguments.course else ''}"
    print(f"Next: autograder release {words}, then autograder verify {words}")
    return 0


def _root_or_here() -> Path:
    """Return the course that the current folder is in, or the current folder, where a course then begins."""
    try:
        return find_root(Path.cwd())
    except UsageError:
        return Path.cwd()
