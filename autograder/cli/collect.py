"""`autograder collect`: a notebook for every `.py` file that came without one."""

from __future__ import annotations

import argparse

from autograder.catalogue import UsageError
from autograder.nbgrader.layout import put_back


def run(arguments: argparse.Namespace) -> int:
    """Put released notebooks back where they are missing, and say where; 0 whether or not there was one."""
    released, submitted = arguments.nbgrader / "release", arguments.nbgrader / "submitted"
    if not submitted.is_dir():
        raise UsageError(
            f"no folder {submitted}; expected nbgrader's folder with submitted/<student>/<exercise>/ in it"
        )
    names = arguments.exercise or sorted(folder.name for folder in released.glob("*/"))
    unknown = [name for name in names if not (released / name / f"{name}.ipynb").is_file()]
    if unknown or not names:
        raise UsageError(
            f"no notebook {', '.join(unknown) or 'at all'} in {released}; run nbgrader generate_assignment first"
        )
    count = 0
    for student in sorted(submitted.iterdir()):
        for name in names:
            if put_back(released / name, student / name):
                print(f"{student.name}/{name}: the released notebook was put back")
                count += 1
    print(f"{count} notebook{'s' * (count != 1)} put back.")
    return 0
