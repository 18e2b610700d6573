"""`autograder history`: what became of a student's attempts, regrades among them."""

from __future__ import annotations

import argparse

from autograder.catalogue import UsageError
from autograder.cli.main import STORE
from autograder.report.history import history
from autograder.store.store import look_into


def run(arguments: argparse.Namespace) -> int:
    """Print a student's attempts."""
    file = arguments.store or arguments.output / STORE
    if not file.exists():
        raise UsageError(f"there is no results store {file}: grade a class first, or name another with --store")
    with look_into(file) as store:
        attempts = store.attempts(arguments.student)
    if arguments.exercise:
        attempts = [attempt for attempt in attempts if attempt.exercise in arguments.exercise]
    if not attempts:
        raise UsageError(f"{file} has no attempt of {arguments.student!r}; expected a name as in results.jsonl")
    print("\n".join(history(attempts)), end="")
    return 0
