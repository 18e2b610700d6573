"""What a student has run in a notebook so far, as the cells of a submission; this side runs in the student's kernel.

The kernel's history is replayed in its order: that is what the functions in the kernel came from, whatever order the
cells were run in. A cell whose every name was defined anew by a later one is left out, and so is what defines nothing.
A function that is still a stub does not replace the one in the `.py` file, as for the grader.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from autograder.cells import Cell
from autograder.notebook.merge import EMPTY, without_magics

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def live_cells(history: Sequence[str], module: bytes | None, exercise: str, functions: Collection[str]) -> list[Cell]:
    """Return the `.py` file, if there is one, and then the cells that were run and still matter, in their order.

    `history` is IPython's: the text of each cell that was run, by its number; there is none with number 0.
    """
    kept: list[Cell] = []
    replaced: set[str] = set()
    for number in range(len(history) - 1, 0, -1):
        text = without_magics(history[number])
        names = set(_names(text, stubs=module is None))
        if names - replaced:
            function = next((name for name in functions if name in names - replaced), "")
            label = f"In [{number}] ({function})" if function else f"In [{number}]"
            kept.append(Cell(label=label, source=text.encode("utf-8", "replace"), function=function))
            replaced |= names
    file = [] if module is None else [Cell(label=f"{exercise}.py", source=module, required=not kept)]
    return [*file, *reversed(kept)]


def _names(text: str, *, stubs: bool) -> Iterator[str]:
    """Yield the names that a cell defines at its top level; a cell that Python can't read defined nothing."""
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
