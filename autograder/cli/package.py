"""`autograder package`: packages with which other systems grade an exercise."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from autograder.cli.settings import key_file_of
from autograder.course import find_exercises, find_root
from autograder.course_key import HANDED_OUT, find_course_key
from autograder.recording import open_keys
from autograder.release import PackageSettings, package_classroom50, package_gradescope


def run(arguments: argparse.Namespace) -> int:
    """Write the package, and say who may read it."""
    root = arguments.course or find_root(Path.cwd())
    (exercise,) = find_exercises(root, [arguments.exercise])
    target = arguments.target or Path(f"{arguments.kind}-{exercise.name}{'.zip' * (arguments.kind == 'gradescope')}")
    if arguments.kind == "classroom50":
        (key,) = open_keys([exercise], HANDED_OUT)
        names = package_classroom50(exercise, key, target)
        told = "It has only the public checks: students may read all of it."
    else:
        (key,) = open_keys([exercise], find_course_key(root, arguments.seed, key_file_of(arguments)))
        key = msgspec.structs.replace(key, limits=msgspec.structs.replace(key.limits, **dict(arguments.limit)))
        settings = PackageSettings(hidden=arguments.hidden, isolation=arguments.isolation)
        names = package_gradescope(exercise, key, settings, target)
        told = "It contains the answers to hidden checks: upload it as the autograder, and give it to nobody else."
    print(f"{target}: {', '.join(names)}")
    print(told)
    return 0
