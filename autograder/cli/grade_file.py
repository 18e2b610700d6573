"""`autograder grade-file`: all checks on one submitted file, for an instructor who wants to see what a student did."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from autograder.api import grade_file
from autograder.cli.settings import key_file_of
from autograder.course import find_exercises, find_root
from autograder.course_key import find_course_key
from autograder.report import feedback, style_of


def run(arguments: argparse.Namespace) -> int:
    """Print feedback with what the code printed, hidden checks included; 0 if the file has a record, whatever score."""
    root = arguments.course or find_root(Path.cwd())
    (exercise,) = find_exercises(root, [arguments.exercise])
    key_file = key_file_of(arguments)
    graded = grade_file(
        arguments.file,
        exercise,
        find_course_key(root, arguments.seed, key_file),
        isolation=arguments.isolation,
        limits=dict(arguments.limit),
        private=[key_file] if key_file else [],
    )
    print(feedback(graded.record, style_of(sys.stdout), graded.notes), end="")
    print(f"\nStudent code was confined at level {graded.record.isolation}. Nothing was stored.")
    return 0
