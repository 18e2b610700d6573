"""Merge a student's notebook and `.py` file into one submission.

What enters are the bytes of both, and the notebook as it was released. What leaves are the cells that a sandbox worker
runs, in their order. The notebook wins for a function that it defines, since later code replaces earlier code:

1. the `.py` file, if there is one; without one, the stubs that nobody filled in (they say "not written yet");
2. the setup cell as released, so that a broken line in the student's own setup cell can't take NumPy away;
3. the notebook's cells from top to bottom: setup and solution cells that were changed (comments and blank lines aside),
   and cells of the student's own that hold a definition or an import. Cells that were released and not changed are left
   out, as are stubs with another empty body (nbgrader inserts its own), and locked cells, whatever they contain now.

Nothing here parses, compiles or runs a student's text: it is compared and searched line by line, and the worker runs it
cell by cell, so that a broken cell costs no more than what it defines. The grader and `check` in a student's notebook
use the same functions, and neither needs NumPy for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from autograder.cells import Cell

NOTEBOOK_SUFFIX = ".ipynb"
SETUP, SOLUTION, GRADE = "setup", "solution-", "grade-"  # how grade_ids begin
MAX_NOTEBOOK = 32 * 2**20  # bytes: a notebook contains plots, too
MAX_TEXT = 2**20  # characters of code, as many as a file may have bytes
MAX_CELLS = 500
# What is looked at before and while a notebook is decoded, so that a file of 32 MiB never becomes 850 MiB of objects:
MAX_OBJECTS = 2**18  # in the whole file, outputs included
MAX_RAW_CELLS = 10_000  # cells of all kinds
MAX_RAW_TEXT = 6 * MAX_TEXT  # bytes of a cell's text in JSON, where a character may take six
# What a cell of the student's own must hold to be of use to a function: a definition, an import, an assignment, or a
# block that may contain one of them. Loops are not among them: they are mostly experiments, and take their time.
DEFINES = re.compile(
    r"^(?:(?:async def|def|class|import|from|with|if)[ \t(]|try[ \t]*:|@"
    r"|[(\[]?[A-Za-z_][\w.,* \t()\[\]'\"]*(?::[^=\n]*)?(?:[-+*/%@&|^]|//|\*\*|<<|>>)?=(?!=))",
    re.MULTILINE,
)
NULL = msgspec.Raw(b"null")
EMPTY = re.compile(r"\s*(?:raise NotImplementedError(?:\(.*\))?|pass|\.\.\.)")  # a body that nobody filled in
# What only IPython understands: a magic, a shell command, a question mark for help.
IPYTHON = re.compile(r"^(?:%.*|!(?!=).*|\?.*|[\w.]+\?{1,2}[ \t]*)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class NotebookCell:
    """A code cell: its nbgrader `grade_id` (empty if it has none), its text, and its name in messages ("cell 7")."""

    grade_id: str
    text: str
    label: str

    @property
    def function(self) -> str:
        """Return the graded function that a solution cell is for, or an empty string."""
        return self.grade_id.removeprefix(SOLUTION) if self.grade_id.startswith(SOLUTION) else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleasedNotebook:
    """The notebook as students got it: an exercise's name, and its code cells."""

    exercise: str
    cells: tuple[NotebookCell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """What a worker runs, in order: nothing if nothing was submitted. `problem` says why a notebook was not read."""

    cells: tuple[Cell, ...]
    problem: str = ""


def released_notebook(exercise: str, notebook: bytes) -> ReleasedNotebook:
    """Read the notebook that was released for an exercise.

    Raises `ValueError` if the bytes are not a notebook.
    """
    return ReleasedNotebook(exercise=exercise, cells=read_cells(notebook))


def merge(notebook: bytes | None, module: bytes | None, released: ReleasedNotebook) -> Merged:
    """Merge a submission's notebook and `.py` file."""
    try:
        found = read_cells(notebook) if notebook is not None else ()
        problem = ""
    except ValueError as error:
        found, problem = (), str(error)
    changed = list(_changed_cells(found, released))
    label = f"{released.exercise}.py"
    file = () if module is None else (Cell(label=label, source=module, required=not changed),)
    stubs: tuple[Cell, ...] = ()
    if module is None and found:
        stubs = tuple(
            _cell(f"stub of {cell.function}", cell.text, cell.function) for cell in released.cells if cell.function
        )
    setup: tuple[Cell, ...] = ()
    if changed or stubs:
        setup = tuple(_cell("setup as released", cell.text) for cell in released.cells if cell.grade_id == SETUP)
    return Merged(cells=(*file, *setup, *stubs, *changed), problem=problem)


def read_cells(notebook: bytes) -> tuple[NotebookCell, ...]:
    """Return the code cells of a notebook file; raise `ValueError` if it is not a notebook, or far too large."""
    code: list[NotebookCell] = []
    room = MAX_TEXT
    for number, cell in enumerate(read_raw_cells(notebook), start=1):
        if cell.kind() != "code":
            continue
        text = cell.text()
        room -= len(text)
        if room < 0 or len(code) == MAX_CELLS:
            raise ValueError(
                f"the notebook holds too much code: {MAX_CELLS} cells and {MAX_TEXT} characters are allowed"
            )
        code.append(NotebookCell(grade_id=cell.grade_id(), text=text, label=f"cell {number}"))
    return tuple(code)


class RawCell(msgspec.Struct, gc=False):
    """A cell as it is in the file, in JSON that is decoded when it is asked for.

    Whatever a student made of a field, the rest of the notebook is still read. Outputs, and metadata that is not
    nbgrader's, become no objects.
    """

    cell_type: msgspec.Raw = NULL
    source: msgspec.Raw = NULL
    metadata: msgspec.Raw = NULL
    attachments: msgspec.Raw = NULL

    def kind(self) -> str:
        """Return the cell's type, or an empty string where that is no text."""
        kind: str | None = _decode(self.cell_type, str, lenient=True)
        return kind or ""

    def text(self) -> str:
        """Return the cell's text, or an empty string where that is no text."""
        if memoryview(self.source).nbytes > MAX_RAW_TEXT:
            raise ValueError(f"a cell of the notebook holds too much text: {MAX_TEXT} characters are allowed")
        found: str | list[str] = _decode(self.source, str | list[str], lenient=True) or ""
        return found if isinstance(found, str) else "".join(found)

    def grade_id(self) -> str:
        """Return nbgrader's mark, or an empty string where there is none."""
        metadata: _Metadata | None = _decode(self.metadata, _Metadata, lenient=True)
        return metadata.nbgrader.grade_id if metadata else ""

    def attached(self) -> dict[str, dict[str, object]]:
        """Return what is attached, by name and kind of file; nothing where that has another form."""
        attached: dict[str, dict[str, object]] | None = _decode(
            self.attachments, dict[str, dict[str, object]], lenient=True
        )
        return attached or {}


def read_raw_cells(notebook: bytes) -> list[RawCell]:
    """Return all cells of a notebook file, not decoded; raise `ValueError` if it is no notebook, or far too large."""
    if len(notebook) > MAX_NOTEBOOK:
        raise ValueError(f"the notebook has {len(notebook)} bytes, {MAX_NOTEBOOK} are allowed; clear its outputs")
    if notebook.count(b"{") > MAX_OBJECTS:
        raise ValueError(f"the notebook holds too much: {MAX_OBJECTS} JSON objects are allowed; clear its outputs")
    cells: list[RawCell] = _decode(notebook, _Notebook).cells
    if len(cells) > MAX_RAW_CELLS:
        raise ValueError(f"the notebook has {len(cells)} cells, {MAX_RAW_CELLS} are allowed")
    return cells


def essence(text: str) -> str:
    """Return a cell's text without comment lines, blank lines, and whitespace at the end of lines."""
    lines = (line.rstrip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))


def is_unfilled(text: str, stub: str) -> bool:
    """Tell whether a text is the given stub with a body, its last line, that is still empty."""
    *head, _ = essence(stub).splitlines()
    lines = essence(text).splitlines()
    return lines[: len(head)] == head and all(map(EMPTY.fullmatch, lines[len(head) :]))


def without_magics(text: str) -> str:
    """Return a cell's text with lines that only IPython understands emptied, so that line numbers stay the same."""
    return IPYTHON.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class _Notebook(msgspec.Struct):
    cells: list[RawCell]


class _Mark(msgspec.Struct):
    grade_id: str = ""


class _Metadata(msgspec.Struct):
    nbgrader: _Mark = msgspec.field(default_factory=_Mark)


def _decode(text: bytes | msgspec.Raw, kind: Any, *, lenient: bool = False) -> Any:
    """Decode JSON, or raise `ValueError`; None where it is JSON of another form, if that may be."""
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        if lenient and isinstance(error, msgspec.ValidationError):
            return None
        raise ValueError(f"the notebook is not one that Jupyter writes today (nbformat 4): {error}") from error


def _changed_cells(found: tuple[NotebookCell, ...], released: ReleasedNotebook) -> Iterator[Cell]:
    """Yield the student's own cells, from top to bottom."""
    unchanged = {essence(cell.text) for cell in released.cells} | {""}
    stubs = [cell.text for cell in released.cells if cell.function]
    functions = {cell.function for cell in released.cells} - {""}
    for cell in found:
        if cell.grade_id.startswith(GRADE) or essence(cell.text) in unchanged:
            continue
        if any(is_unfilled(cell.text, stub) for stub in stubs):
            continue
        function = cell.function if cell.function in functions else ""
        purpose = function or (SETUP if cell.grade_id == SETUP else "")
        text = without_magics(cell.text)
        if purpose or DEFINES.search(text):
            yield _cell(f"{cell.label} ({purpose})" if purpose else cell.label, text, function)


def _cell(label: str, text: str, function: str = "") -> Cell:
    return Cell(label=label, source=text.encode("utf-8", "replace"), function=function)
