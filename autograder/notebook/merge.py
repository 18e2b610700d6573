"""Merge a student's notebook and `.py` file: bytes go in, the cells that a worker runs come out, in their order.

The notebook wins for a function that it defines, as what runs later replaces what ran before:

1. the `.py` file, if there is one; without one, the stubs that nobody filled (they say "not written yet");
2. the setup cell as it was released, so that a broken line in the student's own can't take NumPy away;
3. the notebook's cells from top to bottom: setup and solution cells that were changed (comments and blank lines aside),
   and cells of the student's own that hold a definition or an import. What was released and not changed is left out,
   a stub also with another empty body (nbgrader puts its own there), and so are locked cells, whatever became of them.

Nothing here parses, compiles or runs a student's text: it is compared and searched line by line, and the worker does
the rest, cell by cell, so that a broken cell costs no more than what it defines. Both sides use this: the grader, and
`check` in the student's own notebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from autograder.cells import Cell

SETUP, SOLUTION, GRADE = "setup", "solution-", "grade-"  # how grade_ids begin
MAX_NOTEBOOK = 32 * 2**20  # bytes: plots lie in it, too
MAX_TEXT = 2**20  # characters of code, as many as a file may have bytes
MAX_CELLS = 500
# What a cell of the student's own must hold to be of use to a function: a definition, an import, a name for a value, or
# a block that may hold one of them. Loops are not among them: they are mostly experiments, and take their time.
DEFINES = re.compile(
    r"^(?:(?:async def|def|class|import|from|with|if)[ \t(]|try[ \t]*:|@"
    r"|[(\[]?[A-Za-z_][\w.,* \t()\[\]'\"]*(?::[^=\n]*)?(?:[-+*/%@&|^]|//|\*\*|<<|>>)?=(?!=))",
    re.MULTILINE,
)
# What only IPython understands: a magic, a shell command, a question mark for help.
EMPTY = re.compile(r"\s*(?:raise NotImplementedError(?:\(.*\))?|pass|\.\.\.)")  # a body that nobody filled
IPYTHON = re.compile(r"^(?:%.*|!(?!=).*|\?.*|[\w.]+\?{1,2}[ \t]*)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class NotebookCell:
    """A code cell: its nbgrader `grade_id`, empty where it has none, its text, what messages call it ("cell 7")."""

    grade_id: str
    text: str
    place: str

    @property
    def function(self) -> str:
        """Return the graded function that a solution cell is for, or nothing."""
        return self.grade_id.removeprefix(SOLUTION) if self.grade_id.startswith(SOLUTION) else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Released:
    """The notebook as students got it: an exercise's name, and its code cells."""

    exercise: str
    cells: tuple[NotebookCell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """What a worker runs, in order; none where nothing was handed in. `problem` says why a notebook was not read."""

    cells: tuple[Cell, ...]
    problem: str = ""


def released(exercise: str, notebook: bytes) -> Released:
    """Return what students got, from the notebook that was released; raises `ValueError` where it is none."""
    return Released(exercise=exercise, cells=read_cells(notebook))


def merge(notebook: bytes | None, module: bytes | None, released: Released) -> Merged:
    """Return the cells of a submission: of its notebook, its `.py` file, or both."""
    try:
        found = read_cells(notebook) if notebook is not None else ()
        problem = ""
    except ValueError as error:
        found, problem = (), str(error)
    changed = list(_changed(found, released))
    label = f"{released.exercise}.py"
    file = () if module is None else (Cell(label=label, source=module, required=not changed),)
    stubs = tuple(_stubs(released)) if module is None and found else ()
    setup = tuple(_setup(released)) if changed or stubs else ()
    return Merged(cells=(*file, *setup, *stubs, *changed), problem=problem)


def read_cells(notebook: bytes) -> tuple[NotebookCell, ...]:
    """Return the code cells of a notebook file; raises `ValueError` where it is none, or beyond all measure."""
    if len(notebook) > MAX_NOTEBOOK:
        raise ValueError(f"the notebook has {len(notebook)} bytes, {MAX_NOTEBOOK} are allowed; clear its outputs")
    try:
        cells = msgspec.json.decode(notebook, type=_Notebook).cells
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError(f"the notebook is not one that Jupyter writes today (nbformat 4): {error}") from error
    code = tuple(
        NotebookCell(grade_id=_grade_id(cell.metadata), text=_text(cell.source), place=f"cell {place}")
        for place, cell in enumerate(cells, start=1)
        if cell.cell_type == "code"
    )
    if len(code) > MAX_CELLS or sum(len(cell.text) for cell in code) > MAX_TEXT:
        raise ValueError(f"the notebook holds too much code: {MAX_CELLS} cells and {MAX_TEXT} characters are allowed")
    return code


def essence(text: str) -> str:
    """Return what is left of a cell's text without comment lines, blank lines and space at the end of lines."""
    lines = (line.rstrip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))


def is_unfilled(text: str, stub: str) -> bool:
    """Say whether a text is a stub whose body, its last line, is still empty."""
    *head, _ = essence(stub).splitlines()
    lines = essence(text).splitlines()
    return lines[: len(head)] == head and all(map(EMPTY.fullmatch, lines[len(head) :]))


def without_magics(text: str) -> str:
    """Return a cell's text with the lines that only IPython understands left empty, so that line numbers stay."""
    return IPYTHON.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class _RawCell(msgspec.Struct):
    """A cell as it stands in the file; whatever a student made of it, the rest of the notebook is still read."""

    cell_type: object = None
    source: object = ""
    metadata: object = None


class _Notebook(msgspec.Struct):
    cells: list[_RawCell]


def _grade_id(metadata: object) -> str:
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    found = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return found if isinstance(found, str) else ""


def _text(source: object) -> str:
    parts = source if isinstance(source, list) else [source]
    return "".join(part for part in parts if isinstance(part, str))


def _changed(found: tuple[NotebookCell, ...], released: Released) -> Iterator[Cell]:
    """Yield what is the student's own, from top to bottom."""
    given = {essence(cell.text) for cell in released.cells} | {""}
    stubs = [cell.text for cell in released.cells if cell.function]
    functions = {cell.function for cell in released.cells} - {""}
    for cell in found:
        if cell.grade_id.startswith(GRADE) or essence(cell.text) in given:
            continue
        if any(is_unfilled(cell.text, stub) for stub in stubs):
            continue
        function = cell.function if cell.function in functions else ""
        text = without_magics(cell.text)
        if function or cell.grade_id == SETUP or DEFINES.search(text):
            yield _cell(_label(cell, function), text, function)


def _label(cell: NotebookCell, function: str) -> str:
    """Return what messages call a cell: its place, and what it is for."""
    named = function or (SETUP if cell.grade_id == SETUP else "")
    return f"{cell.place} ({named})" if named else cell.place


def _stubs(released: Released) -> Iterator[Cell]:
    for cell in released.cells:
        if cell.function:
            yield _cell(f"stub of {cell.function}", cell.text, cell.function)


def _setup(released: Released) -> Iterator[Cell]:
    yield from (_cell("setup as released", cell.text) for cell in released.cells if cell.grade_id == SETUP)


def _cell(label: str, text: str, function: str = "") -> Cell:
    return Cell(label=label, source=text.encode("utf-8", "replace"), function=function)
