"""Make a stub from a solution: what lies between the marks goes, signatures and docstrings stay."""

from __future__ import annotations

import ast
import re

from autograder.answers.errors import CourseError

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
REGION = re.compile(rf"^(?P<indent>[ ]*){BEGIN}\n.*?^[ ]*{END}\n", re.MULTILINE | re.DOTALL)


def make_stub(name: str, solution: str) -> str:
    """Replace every marked region inside a function by `raise NotImplementedError`, and drop those outside of one."""
    stub = REGION.sub(_replacement, solution)
    if BEGIN in stub or END in stub:
        raise CourseError(f"{name}: a mark {BEGIN!r} has no {END!r}, or the other way round; mend the pair")
    if stub == solution:
        raise CourseError(f"{name}: nothing is marked with {BEGIN!r} and {END!r}; a stub would give the solution away")
    try:
        ast.parse(stub)
    except SyntaxError as error:
        raise CourseError(f"{name}: without its solutions, line {error.lineno} is no Python ({error.msg})") from error
    return re.sub(r"\n{4,}", "\n\n\n", stub)


def _replacement(region: re.Match[str]) -> str:
    indent = region["indent"]
    return f"{indent}raise NotImplementedError\n" if indent else ""
