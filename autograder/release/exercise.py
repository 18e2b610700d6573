"""Make the stub and the handout of an exercise from its folder in `solutions/`.

The stub is the solution without its marked regions; the handout gets its table of checks.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from itertools import groupby

from autograder.authoring import Check, Exercise, load_exercise
from autograder.course import CourseError, ExerciseFolder
from autograder.report import points

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
REGION = re.compile(rf"^(?P<indent>[ ]*){BEGIN}\n.*?^[ ]*{END}\n", re.MULTILINE | re.DOTALL)
CHECKS = "{{checks}}"  # the place of the table of checks in a handout


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
