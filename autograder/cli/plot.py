"""`autograder plot`: draw the picture of a notebook from the student's own function.

The student's file runs in this process, unconfined, as when it is run by hand: pictures are for its own author.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import io
import os
import sys
from functools import partial
from pathlib import Path

import numpy as np

from autograder.api import own_student
from autograder.assignment import Assignment, find_assignments
from autograder.course import UsageError
from autograder.notebook import picture
from autograder.report import style_of, wrapped


def plot(arguments: argparse.Namespace) -> int:
    """Show a picture in a window, or write it into a file; 0 if there was one to draw."""
    if importlib.util.find_spec("matplotlib") is None:
        raise UsageError("pictures need the extra `student`: pip install 'numgrade[student]'")
    output = arguments.output and arguments.output.absolute()
    if output is not None and not output.parent.is_dir():
        raise UsageError(f"{output.parent} is not a folder: name a file in an existing folder")
    if output is not None:
        os.environ["MPLBACKEND"] = "agg"  # a file needs no window
    assignment, code = _find(arguments.function, [Path(each) for each in arguments.path])
    if output is None and importlib.import_module("matplotlib.pyplot").get_backend().lower() == "agg":
        raise UsageError(f"no window can be opened here: write the picture into a file, -o {arguments.function}.png")
    names = own_student(assignment).namespace()
    drawn: list[bool] = []
    names.update(np=np, picture=partial(picture, output=output, drawn=drawn.append))
    told = io.StringIO()
    try:
        with contextlib.chdir(assignment.file.parent), contextlib.redirect_stdout(told):  # data may be beside the file
            exec(compile(code, f"picture of {arguments.function}", "exec"), names)
    except (OSError, ValueError) as error:  # of the file that is written: the picture's own are told
        raise UsageError(f"{arguments.output}: {error}") from error
    for line in wrapped(told.getvalue(), "", style_of(sys.stdout).width):
        print(line)
    if drawn and output is not None:
        print(f"The picture is in {arguments.output}.")
    return 0 if drawn else 1


def _find(function: str, paths: list[Path]) -> tuple[Assignment, str]:
    """Return the assignment that has a picture of a function, and the code that draws it."""
    known: dict[str, tuple[Assignment, str]] = {}
    for assignment in find_assignments(paths):
        key = assignment.key()
        for name in key.parameters:
            begin = f'with picture("{name}") as plt:'
            code = next((cell.text for cell in key.notebook if begin in cell.text), None)
            if code is not None:
                known[name] = (assignment, code)
    if function not in known:
        raise UsageError(f"there is no picture of {function!r}; there is one of {', '.join(known) or 'nothing here'}")
    return known[function]
