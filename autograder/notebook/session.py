"""`check("adam")` in a student's notebook: run a function's public checks on what was run in the notebook so far.

What enters are the kernel's history, the `.py` file beside the notebook, and the public checks and their answer key in
the same folder. What leaves is printed feedback. The history is replayed in its order, because that is what the
functions in the kernel came from, whatever order the cells were run in. It is graded like any submission: in a sandbox
where there is one, never with the kernel's own objects.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path

from autograder.api import grade_cells
from autograder.assignment import Assignment, find_assignments
from autograder.cells import Cell
from autograder.course import CourseError, UsageError
from autograder.grading import Graded, Unreadable, read_file
from autograder.hints import next_hint
from autograder.merge import EMPTY, without_magics
from autograder.report import Style, feedback
from autograder.report import points as format_points

STYLE = Style(signs=True)
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def check(*functions: str) -> None:
    """Print what the public checks of some functions say, or those of all functions if none is named."""
    try:
        graded = _grade_kernel(functions)
    except (UsageError, CourseError) as error:
        print(f"check: {error}")
        return
    heading, _, rest = feedback(graded.record, STYLE, graded.notes).partition("\n\n")
    print((rest if len(functions) == 1 and graded.record.error is None else f"{heading}\n\n{rest}").rstrip())
    if all(check.status == "passed" for check in graded.record.checks):
        print("\nAll public checks passed. Save the notebook: what is graded is the saved one.")


def hint(function: str) -> None:
    """Print the next hint on a function's mistake, one a call, or why there is none."""
    try:
        assignment = _assignment()
        graded = _grade_kernel((function,))
    except (UsageError, CourseError) as error:
        print(f"hint: {error}")
        return
    print(next_hint(assignment, graded.record, function, f'check("{function}")', STYLE).text)


def points(function: str) -> None:
    """Print in one line which points of a function the public checks give."""
    try:
        graded = _grade_kernel((function,))
    except (UsageError, CourseError) as error:
        print(f"points: {error}")
        return
    earned, possible = format_points(graded.record.score), format_points(graded.record.max_score)
    print(f"{function}: {earned} of {possible} points by the public checks; hidden checks give the rest.")


def _assignment() -> Assignment:
    assignment, *more = find_assignments([])
    if more:
        raise UsageError(f"{Path.cwd()} holds several assignments; start the notebook in the folder of one")
    return assignment


def _grade_kernel(functions: Sequence[str]) -> Graded:
    """Grade what this kernel has run so far, by the public checks of some functions or of all."""
    assignment = _assignment()
    key = assignment.key()
    unknown = [name for name in functions if name not in key.parameters]
    if unknown:
        raise UsageError(f"no function {unknown[0]!r} in {key.exercise}; it has {', '.join(key.parameters)}")
    try:
        module = read_file(Path.cwd(), (assignment.file.name,))
    except Unreadable:
        module = None
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    history: Sequence[str] = shell.history_manager.input_hist_raw if shell else ("",)
    cells = cells_of_history(history, module, key.exercise, key.parameters)
    return _grade(assignment, tuple(functions), tuple(cells))


@cache
def _grade(assignment: Assignment, functions: tuple[str, ...], cells: tuple[Cell, ...]) -> Graded:
    """Grade cells, and remember the result: `points` after `check` runs nothing again."""
    return grade_cells(assignment, functions, cells)


def cells_of_history(
    history: Sequence[str], module: bytes | None, exercise: str, functions: Collection[str]
) -> list[Cell]:
    """Return what a student has run as the cells of a submission."""
    kept: list[Cell] = []
    replaced: set[str] = set()
    for number in range(len(history) - 1, 0, -1):
        text = without_magics(history[number])
        names = set(_defined_names(text, stubs=module is None))
        if names - replaced:
            function = next((name for name in functions if name in names - replaced), "")
            label = f"In [{number}] ({function})" if function else f"In [{number}]"
            kept.append(Cell(label=label, source=text.encode("utf-8", "replace"), function=function))
            replaced |= names
    file = [] if module is None else [Cell(label=f"{exercise}.py", source=module, required=not kept)]
    return [*file, *reversed(kept)]


def _defined_names(text: str, *, stubs: bool) -> Iterator[str]:
    """Yield the names that a cell defines at its top level; a cell that is not valid Python defined nothing."""
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    while statements:
        statement = statements.pop()
        if isinstance(statement, Definition):
            if stubs or not _is_stub(statement):
                yield statement.name
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
        elif isinstance(statement, ast.If | ast.Try):
            statements += statement.body
            statements += statement.orelse


def _is_stub(definition: Definition) -> bool:
    body = definition.body[1:] if ast.get_docstring(definition) is not None else definition.body
    return all(EMPTY.fullmatch(ast.unparse(statement)) for statement in body)
