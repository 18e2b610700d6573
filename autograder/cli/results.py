"""`autograder history` and `autograder export`: what earlier runs of `autograder grade` have left."""

from __future__ import annotations

import argparse
import importlib.util

import msgspec

from autograder.cli.main import STORE
from autograder.course import UsageError
from autograder.results import Record
from autograder.store import open_read_only


def history(arguments: argparse.Namespace) -> int:
    """Print a student's attempts."""
    from autograder.report import history as history_lines

    file = arguments.store or arguments.output / STORE
    if not file.exists():
        raise UsageError(f"there is no results store {file}: grade a class first, or name another with --store")
    with open_read_only(file) as store:
        attempts = store.attempts(arguments.student)
    if arguments.exercise:
        attempts = [attempt for attempt in attempts if attempt.exercise in arguments.exercise]
    if not attempts:
        raise UsageError(f"{file} has no attempt of {arguments.student!r}; expected a name as in results.jsonl")
    print("\n".join(history_lines(attempts)), end="")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write the scores of all records into a gradebook."""
    if importlib.util.find_spec("nbgrader") is None:
        raise UsageError("a gradebook needs the extra `nbgrader`: pip install 'numgrade[nbgrader]'")
    from autograder.nbgrader.gradebook import export as export_records

    try:
        lines = arguments.results.read_bytes().splitlines()
        records = [msgspec.json.decode(line, type=Record) for line in lines]
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(
            f"--results {arguments.results}: {error}; expected results.jsonl of autograder grade"
        ) from error
    changed = export_records(records, arguments.gradebook, arguments.course_id)
    print(f"{len(records)} submissions in the gradebook; {changed} scores are new.")
    return 0
