"""`autograder debug` and `plot`: look into what one's own function does.

`debug` writes a script that repeats the failing call of a check, or stops in the function right away. `plot` draws the
picture of a notebook. The student's file runs in this process then, unconfined, as when it is run by hand: pictures are
for its own author.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import io
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from autograder.api import OwnSandboxes, check_assignment, own_student
from autograder.assignment import Assignment, find_assignments
from autograder.course import UsageError
from autograder.debugging import Place, line_of_call, write_script
from autograder.grading import Graded
from autograder.report import style_of, wrapped


def debug(arguments: argparse.Namespace) -> int:
    """Write the script, say where it is, or run it in Python's debugger; 0 if there is something to debug."""
    assignment, check, function = _find_check(arguments.check, [Path(each) for each in arguments.path])
    with OwnSandboxes(arguments.early) as sandboxes:
        graded = check_assignment(assignment, (function,), sandboxes=sandboxes)
    if graded.record.error is not None:
        raise UsageError(f"{assignment.file.name} can't be run: {graded.record.error.message}")
    failed = [each for each in graded.record.checks if each.status != "passed" and check in ("", each.id)]
    if not failed:
        print(f"{check or function} is passed: there is nothing to debug.")
        return 1
    example = next((graded.examples[each.id] for each in failed if each.id in graded.examples), None)
    if example is None:
        print(f"{failed[0].id}: {failed[0].message}")
        return 1
    if arguments.as_checked:
        example = example.as_checked()
    script = write_script(example, _place(assignment, graded))
    shown = script.relative_to(Path.cwd()) if script.is_relative_to(Path.cwd()) else script
    print(f"{example.failing.check}: wrote a script that repeats the failing call.")
    if arguments.pdb:
        return _run_in_debugger(script)
    print(f"Run it:                 python {shown}")
    print(f"Stop in your function:  autograder debug {example.failing.check} --pdb")
    return 0


def _find_check(name: str, paths: Sequence[Path]) -> tuple[Assignment, str, str]:
    """Return the assignment with a check or a function, the check's id or an empty string, and the function."""
    known: list[str] = []
    for assignment in find_assignments(list(paths)):
        key = assignment.key()
        for check in key.checks:
            if name == check.id:
                return assignment, name, check.function
            if name == check.function:
                return assignment, "", name
        known += [check.id for check in key.checks]
    of_function = [each for each in known if each.partition(".")[0] == name.partition(".")[0]]
    alike = [each for each in known if name in each] or of_function or known
    raise UsageError(f"there is no check and no function {name!r}; the checks here are {', '.join(alike)}")


def _place(assignment: Assignment, graded: Graded) -> Place:
    """Return where the student's code is; a file that was imported without advice can simply be imported."""
    record = graded.record
    file = f"{record.exercise}.py"
    said = any(line.startswith(f"{file}, line") for line in record.advice)
    return Place(
        folder=assignment.file.parent.absolute(),
        exercise=record.exercise,
        files=tuple(sorted(record.files, key=lambda name: not name.endswith(".py"))),
        plain=record.files == (file,) and not said,
    )


def _run_in_debugger(script: Path) -> int:
    """Run the script in Python's debugger up to the failing call, and one step into the student's function."""
    line = line_of_call(script.read_text("utf-8"))
    stops = (f"break {script.name}:{line}", "continue", "clear 1", "step")
    commands = [word for command in stops for word in ("-c", command)]
    return subprocess.call([sys.executable, "-m", "pdb", *commands, script.name], cwd=script.parent)


def plot(arguments: argparse.Namespace) -> int:
    """Show a picture in a window, or write it into a file; 0 if there was one to draw."""
    from autograder.notebook import picture

    if importlib.util.find_spec("matplotlib") is None:
        raise UsageError("pictures need the extra `student`: pip install 'numgrade[student]'")
    output = arguments.output and arguments.output.absolute()
    if output is not None and not output.parent.is_dir():
        raise UsageError(f"{output.parent} is not a folder: name a file in an existing folder")
    if output is not None:
        os.environ["MPLBACKEND"] = "agg"  # a file needs no window
    assignment, code = _find_picture(arguments.function, [Path(each) for each in arguments.path])
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


def _find_picture(function: str, paths: list[Path]) -> tuple[Assignment, str]:
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
