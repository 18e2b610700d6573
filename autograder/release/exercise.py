"""Release an exercise: turn what lies under `solutions/` into the folder that students get.

What enters are an exercise's folder and the answer key that students get. What leaves are files: the stub (the
solution without its marked regions), the handout with its table of checks, the public checks as they are, their answer
key, and the data files. The same sources give the same bytes.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from autograder.authoring import Check, Exercise, load_exercise
from autograder.course import PUBLIC_CHECKS, CourseError, ExerciseFolder
from autograder.key import SUFFIX, AnswerKey, write_key
from autograder.report import points

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
REGION = re.compile(rf"^(?P<indent>[ ]*){BEGIN}\n.*?^[ ]*{END}\n", re.MULTILINE | re.DOTALL)
CHECKS = "{{checks}}"  # what the table of checks replaces in a handout


def release(exercise: ExerciseFolder, key: AnswerKey, folder: Path | None = None) -> list[Path]:
    """Write the assignment of an exercise.

    Raises `CourseError` if the solution has no marked region or a broken one, or the handout has no place for the table
    of checks.
    """
    folder = folder or exercise.assignment
    folder.mkdir(parents=True, exist_ok=True)
    handout = folder / "README.md"
    handout.write_text(read_handout(exercise, load(exercise).checks()), "utf-8")
    return [handout, *write_files(exercise, key, folder)]


def write_files(exercise: ExerciseFolder, key: AnswerKey, folder: Path) -> list[Path]:
    """Write what a student works with apart from the handout: stub, public checks, their answer key, data files."""
    stub, public_key = folder / f"{exercise.name}.py", folder / f"{exercise.name}{SUFFIX}"
    stub.write_text(read_stub(exercise), "utf-8")
    checks = Path(shutil.copyfile(exercise.folder / PUBLIC_CHECKS, folder / PUBLIC_CHECKS))
    write_key(key, public_key)
    data = [folder / file.parent.name / file.name for file in exercise.data]
    for source, copy in zip(exercise.data, data, strict=True):
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, copy)
    return [stub, checks, public_key, *data]


def read_stub(exercise: ExerciseFolder) -> str:
    """Return the stub of an exercise."""
    return make_stub(str(exercise.solution), exercise.solution.read_text("utf-8"))


def make_stub(name: str, solution: str) -> str:
    """Make a stub from a solution: signatures, docstrings and all unmarked code stay.

    Raises `CourseError` if nothing is marked, a mark has no counterpart, or the stub is not valid Python.
    """
    stub = REGION.sub(
        lambda region: f"{region['indent']}raise NotImplementedError\n" if region["indent"] else "", solution
    )
    if BEGIN in stub or END in stub:
        raise CourseError(f"{name}: a mark {BEGIN!r} has no {END!r}, or the other way round; fix the pair")
    if stub == solution:
        raise CourseError(f"{name}: nothing is marked with {BEGIN!r} and {END!r}; a stub would give the solution away")
    try:
        ast.parse(stub)
    except SyntaxError as error:
        raise CourseError(
            f"{name}: without its solutions, line {error.lineno} is not valid Python ({error.msg})"
        ) from error
    return re.sub(r"\n{4,}", "\n\n\n", stub)


def load(exercise: ExerciseFolder) -> Exercise:
    """Load all checks of an exercise."""
    return load_exercise(exercise.name, exercise.check_sources(), exercise.folder)


def read_handout(exercise: ExerciseFolder, checks: Sequence[Check]) -> str:
    """Return the handout of an exercise, with the table of its checks."""
    source = exercise.folder / "handout.md"
    return make_handout(str(source), source.read_text("utf-8"), checks)


def make_handout(name: str, source: str, checks: Sequence[Check]) -> str:
    """Put the table of checks into the text of a handout; `name` is the file's, for error messages."""
    if source.count(CHECKS) != 1:
        raise CourseError(f"{name}: {CHECKS} occurs {source.count(CHECKS)} times; expected exactly once")
    rows = ["| function | points | public checks | hidden checks |", "|---|---:|---|---:|"]
    for function, group in groupby(checks, key=lambda check: check.function.name):
        mine = list(group)
        public = [f"{check.title} ({points(check.points)})" for check in mine if check.visibility == "public"]
        titles = "<br>".join(title.replace("|", r"\|") for title in public) or "-"
        worth = points(sum(check.points for check in mine))
        rows.append(f"| `{function}` | {worth} | {titles} | {len(mine) - len(public)} |")
    rows.append(f"| all | {points(sum(check.points for check in checks))} | | |")
    return source.replace(CHECKS, "\n".join(rows))
