"""`autograder collect`: put the released notebook beside every `.py` file that was submitted without one."""

from __future__ import annotations

import argparse
import os
import sys
from itertools import islice
from pathlib import Path

from autograder.course import UsageError
from autograder.merge import NOTEBOOK_SUFFIX
from autograder.printable import printable
from autograder.release import put_notebook_back

MAX_ENTRIES = 1000  # of a submission's folder that are looked at


def run(arguments: argparse.Namespace) -> int:
    """Put notebooks back and print where; 0 even if none was missing, 1 if one can't be put back."""
    released, submitted = arguments.nbgrader / "release", arguments.nbgrader / "submitted"
    if not submitted.is_dir():
        raise UsageError(
            f"no folder {submitted}; expected nbgrader's folder with submitted/<student>/<exercise>/ in it"
        )
    names = arguments.exercise or sorted(folder.name for folder in released.glob("*/"))
    unknown = [name for name in names if not (released / name / (name + NOTEBOOK_SUFFIX)).is_file()]
    if unknown or not names:
        raise UsageError(
            f"no notebook {', '.join(unknown) or 'at all'} in {released}; run nbgrader generate_assignment first"
        )
    count = failed = 0
    for student in sorted(submitted.iterdir()):
        for name in names:
            place = f"{printable(student.name)}/{name}"
            try:
                if put_notebook_back(released / name, student / name):
                    print(f"{place}: the released notebook was put back")
                    count += 1
                for other in _other_notebooks(student / name):
                    print(f"{place}: {printable(other)} is not {name}{NOTEBOOK_SUFFIX}, which nbgrader looks for")
            except OSError as error:  # the others are put back nevertheless
                print(f"{place}: the released notebook can't be put back: {error.strerror}", file=sys.stderr)
                failed += 1
    print(f"{count} notebook{'s' * (count != 1)} put back.")
    return 1 if failed else 0


def _other_notebooks(folder: Path) -> list[str]:
    """Return the notebooks in a submission whose name is not that of its exercise."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                islice((entry.name for entry in entries if entry.is_file(follow_symlinks=False)), MAX_ENTRIES)
            )
    except OSError:  # no such folder, or a link in its place
        return []
    return [name for name in names if name.lower().endswith(NOTEBOOK_SUFFIX) and name != folder.name + NOTEBOOK_SUFFIX]
