"""`autograder grade-file`: all checks on one submitted file, for an instructor who wants to see what a student did."""

from __future__ import annotations

import argparse
import sys

from autograder.api import grade_file
from autograder.report import feedback, style_of


def run(arguments: argparse.Namespace) -> int:
    """Print feedback with what the code printed, hidden checks included; 0 if the file has a record, whatever score."""
    graded = grade_file(
        arguments.file,
        arguments.exercise,
        seed=arguments.seed,
        course=arguments.course,
        isolation=arguments.isolation,
        limits=dict(arguments.limit),
    )
    print(feedback(graded.record, style_of(sys.stdout), graded.notes), end="")
    print(f"\nStudent code was confined at level {graded.record.isolation}. Nothing was stored.")
    return 0
