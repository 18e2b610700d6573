"""`autograder export`: scores of an earlier run into a gradebook."""

from __future__ import annotations

import argparse
import importlib.util

import msgspec

from autograder.catalogue import UsageError
from autograder.results import Record


def run(arguments: argparse.Namespace) -> int:
    """Write every record of the results into the gradebook."""
    if importlib.util.find_spec("nbgrader") is None:
        raise UsageError("a gradebook needs the extra `nbgrader`: pip install 'autograder[nbgrader]'")
    from autograder.nbgrader.gradebook import export

    try:
        lines = arguments.results.read_bytes().splitlines()
        records = [msgspec.json.decode(line, type=Record) for line in lines]
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(
            f"--results {arguments.results}: {error}; expected results.jsonl of autograder grade"
        ) from error
    changed = export(records, arguments.gradebook, arguments.course_id)
    print(f"{len(records)} submissions in the gradebook; {changed} scores are new.")
    return 0
