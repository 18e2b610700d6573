"""Merge a student's notebook and `.py` file into one submission.

From the bytes of both, and the notebook as it was released, it makes the cells that a sandbox worker runs, in their
order. If both define a function, the notebook's counts, since later code replaces earlier code:

1. the `.py` file, if there is one, or else the unfilled stubs (which say "not written yet");
2. the setup cell as released, so that NumPy is there even if the student's own setup cell is broken, and the cell that
   imports `check`;
3. the notebook's own cells from top to bottom, as Jupyter runs them: all except those that are equal to released ones
   (apart from comments and blank lines), and stubs with another empty body (nbgrader inserts its own).

A `.py` file that contains a notebook is treated as one: its own cells replace the file.

Nothing here parses, compiles or runs a student's text: it is only compared. The worker runs it statement by statement,
so that a failing statement costs only what it defines. The grader, `check` in a student's notebook and `autograder
check` use the same functions, and none needs NumPy for them. A notebook's bytes are turned into strict JSON first, for
a decoder that builds only the requested objects.
"""

from __future__ import annotations

import base64
import codecs
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from autograder.cells import Cell, wide_encoding

NOTEBOOK_SUFFIX = ".ipynb"
SETUP, TOOLS, SOLUTION, GRADE = "setup", "tools", "solution-", "grade-"  # beginnings of grade_ids
MAX_NOTEBOOK = 32 * 2**20  # bytes; a notebook contains plots, too
MAX_TEXT = 2**20  # characters of code, as many as a file may have bytes
MAX_CELLS = 500
# Limits that are tested before and while a notebook is decoded, so that a file of 32 MiB never becomes 850 MiB of
# objects:
MAX_OBJECTS = 2**18  # in the whole file, outputs included
MAX_RAW_CELLS = 10_000  # cells of all kinds
# In a file whose cells may be texts: each of these becomes an object before their number is known.
MAX_QUOTES = 2 * MAX_OBJECTS
MAX_RAW_TEXT = 6 * MAX_TEXT  # bytes of a cell's text in JSON, where a character may take six
NULL = msgspec.Raw(b"null")
# Cells that only standalone notebooks have, without comments: they count as released, whatever they install or contain.
NAMED = r"[^\s\"'$`\\{}]+"  # a URL, a path or a name
INSTALL = re.compile(
    rf'%pip install --quiet "{NAMED}"'
    rf"|await __import__\(\"piplite\"\)\.install\(\*\*\{{'requirements': \['{NAMED}'\]\}}\)"  # as JupyterLite runs it
)
UNPACK = re.compile(
    r"from autograder\.notebook import picture, unpack\n"
    r'check, hint, points = unpack\("\w+", "[A-Za-z0-9+/=]*"\)'
)
EMPTY = re.compile(r"\s*(?:raise NotImplementedError(?:\(.*\))?|pass|\.\.\.)")  # an unfilled body
# An unterminated text extends to the end of the file: searching from each quotation mark would take hours.
# Possessive (`*+`), since backtracking would take memory.
TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|-?Infinity|NaN', re.DOTALL)
HALF = re.compile(rb"\\u[dD][89a-fA-F]")  # of a character
# Both halves of a character, or one; after an odd number of backslashes, it is not one.
HALVES = re.compile(rb"(?<!\\)(?:\\\\)*+(?:(?:\\u[dD][89abAB]..\\u[dD][c-fC-F]..)++|(\\u[dD][89a-fA-F]..))", re.DOTALL)
NEWLINE, QUOTE = b"\n", ord('"')
PLACE = re.compile(r"\(byte (\d+)\)")


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
    """The notebook that students got: an exercise's name, and its code cells."""

    exercise: str
    cells: tuple[NotebookCell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """The cells that a worker runs, in order; none if nothing was submitted. `problem` says why a notebook was not
    read.
    """

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
    return Merged(
        cells=with_file(own_cells(found, released), module, released, has_notebook=bool(found)), problem=problem
    )


def with_file(
    own: tuple[Cell, ...], module: bytes | None, released: ReleasedNotebook, *, has_notebook: bool
) -> tuple[Cell, ...]:
    """Return the cells to run for a student's own cells of a notebook, and a `.py` file if there is one."""
    label = f"{released.exercise}.py"
    if module is None or is_notebook(module):
        first = read_cells(module) if module is not None else ()
        renamed = tuple(replace(cell, label=f"{label}, {cell.label}") for cell in first)
        begin = released_cells(released, stubs=True) if has_notebook or first else ()
        return (*begin, *own_cells(renamed, released), *own)
    file = file_cell(released.exercise, module, required=not own)
    begin = released_cells(released, stubs=False) if own else ()
    return (file, *begin, *own)


def file_cell(exercise: str, source: bytes, *, required: bool) -> Cell:
    """Return a `.py` file as a cell; if it is the only one and can't be read, there is nothing to grade."""
    return Cell(label=f"{exercise}.py", source=source, required=required, replaces=True)


def released_cells(released: ReleasedNotebook, *, stubs: bool) -> tuple[Cell, ...]:
    """Return the cells on which a student's own cells build: the setup cell, our tools, and stubs if there is no
    file.
    """
    setup = [
        _cell(f"{cell.grade_id} as released", cell.text, replaces=True)
        for cell in released.cells
        if cell.grade_id in (SETUP, TOOLS)
    ]
    functions = [
        _cell(f"stub of {cell.function}", cell.text, cell.function, replaces=True)
        for cell in released.cells
        if cell.function and stubs
    ]
    return (*setup, *functions)


def own_cells(found: Sequence[NotebookCell], released: ReleasedNotebook, *, replaces: bool = False) -> tuple[Cell, ...]:
    """Return the student's own cells, in their order."""
    unchanged = {essence(cell.text) for cell in released.cells} | {""}
    stubs = [cell.text for cell in released.cells if cell.function]
    functions = {cell.function for cell in released.cells} - {""}
    cells = []
    for cell in found:
        text = essence(cell.text)
        if text in unchanged or is_provided(text) or any(is_unfilled(cell.text, stub) for stub in stubs):
            continue
        function = cell.function if cell.function in functions else ""
        purpose = function or (SETUP if cell.grade_id == SETUP else "")
        label = f"{cell.label} ({purpose})" if purpose else cell.label
        cells.append(_cell(label, cell.text, function, replaces=replaces))
    return tuple(cells)


def is_notebook(content: bytes) -> bool:
    """Tell whether a file's content is a notebook, whatever the file's name is."""
    if not content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"{"):
        return False
    try:
        read_cells(content)
    except ValueError:
        return False
    return True


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
    """A cell as it is in the file, in JSON that is decoded on request.

    Whatever a student did to one field, the rest of the notebook can still be read. Outputs, and metadata that is not
    nbgrader's, never become objects.
    """

    cell_type: msgspec.Raw = NULL
    source: msgspec.Raw = NULL
    metadata: msgspec.Raw = NULL
    attachments: msgspec.Raw = NULL

    def kind(self) -> str:
        """Return the cell's type, or an empty string if it is not a text."""
        kind: str | None = _decode(self.cell_type, str, lenient=True)
        return kind or ""

    def text(self) -> str:
        """Return the cell's source, or an empty string if it is not a text."""
        if memoryview(self.source).nbytes > MAX_RAW_TEXT:
            raise ValueError(f"a cell of the notebook holds too much text: {MAX_TEXT} characters are allowed")
        found: str | list[str] = _decode(self.source, str | list[str], lenient=True) or ""
        return found if isinstance(found, str) else "".join(found)

    def grade_id(self) -> str:
        """Return nbgrader's mark, or an empty string if there is none."""
        metadata: _Metadata | None = _decode(self.metadata, _Metadata, lenient=True)
        return metadata.nbgrader.grade_id if metadata else ""

    def attached(self) -> dict[str, dict[str, object]]:
        """Return the attachments by name and kind of file; none if they have an unexpected form."""
        attached: dict[str, dict[str, object]] | None = _decode(
            self.attachments, dict[str, dict[str, object]], lenient=True
        )
        return attached or {}


def read_raw_cells(notebook: bytes) -> list[RawCell]:
    """Return all cells of a notebook file, not decoded; raise `ValueError` if it is not a notebook, or far too
    large.
    """
    if len(notebook) > MAX_NOTEBOOK:
        raise ValueError(f"the notebook has {len(notebook)} bytes, {MAX_NOTEBOOK} are allowed; clear its outputs")
    if notebook.count(b"{") > MAX_OBJECTS:
        raise ValueError(f"the notebook holds too much: {MAX_OBJECTS} JSON objects are allowed; clear its outputs")
    content = strict_json(notebook)
    try:
        kind: type[_Damaged | _Notebook] = _Damaged if content.count(b'"') <= MAX_QUOTES else _Notebook
        cells = msgspec.json.decode(content, type=kind).cells
    except (msgspec.DecodeError, RecursionError) as error:
        is_json = isinstance(error, msgspec.ValidationError) and content.lstrip().startswith(b"{")
        fact = f"is not one that Jupyter writes today (nbformat 4): {error}"
        if not is_json:
            fact = f"can't be read: {why_not_json(content, error)}"
        raise ValueError(f"the notebook {fact}") from error
    if len(cells) > MAX_RAW_CELLS:
        raise ValueError(f"the notebook has {len(cells)} cells, {MAX_RAW_CELLS} are allowed")
    return [cell if isinstance(cell, RawCell) else RawCell() for cell in cells]


def essence(text: str) -> str:
    """Return a cell's text without comment lines, blank lines, and whitespace at the end of lines."""
    lines = (line.rstrip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))


def is_stub(source: bytes, released: ReleasedNotebook) -> bool:
    """Tell whether a `.py` file holds nothing but the released stubs, imports and docstring."""
    if not any(cell.function for cell in released.cells):
        return False
    left = f"\n{essence(source.decode('utf-8', 'replace'))}\n"
    for cell in released.cells:
        if cell.function or cell.grade_id == SETUP:
            text = f"\n{essence(cell.text).removesuffix('()')}\n"  # nbgrader's own empty body is a call
            if text not in left:
                return False
            left = left.replace(text, "\n", 1)
    return not left.strip() or (left.strip().startswith('"""') and left.strip().endswith('"""'))


def is_provided(text: str) -> bool:
    """Tell whether a text without comments is one of the two cells that only standalone notebooks have."""
    return bool(INSTALL.fullmatch(text) or UNPACK.fullmatch(text))


def is_unfilled(text: str, stub: str) -> bool:
    """Tell whether a text is the given stub with a last line that is still an empty body."""
    *head, _ = essence(stub).splitlines()
    lines = essence(text).splitlines()
    return lines[: len(head)] == head and all(map(EMPTY.fullmatch, lines[len(head) :]))


class _Notebook(msgspec.Struct):
    cells: list[RawCell | None]


class _Damaged(msgspec.Struct):
    cells: list[RawCell | str | None]


class _Mark(msgspec.Struct):
    grade_id: str = ""


class _Metadata(msgspec.Struct):
    nbgrader: _Mark = msgspec.field(default_factory=_Mark)


def _decode(text: bytes | msgspec.Raw, kind: Any, *, lenient: bool = False) -> Any:
    """Decode JSON, or raise `ValueError`; return None for JSON of another form, if that is allowed."""
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        if lenient and isinstance(error, msgspec.ValidationError):
            return None
        raise ValueError(f"the notebook is not one that Jupyter writes today (nbformat 4): {error}") from error


def _cell(label: str, text: str, function: str = "", *, replaces: bool = False) -> Cell:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Cell(label=label, source=text.encode("utf-8", "replace"), function=function, replaces=replaces)


# ---- a notebook's bytes as JSON: what Python's `json` reads, and what programs that synchronize folders leave in it


def strict_json(content: bytes) -> bytes:
    """Return a text in UTF-8 without byte-order marks, NaN and half characters; raise `ValueError` if it is not a
    text.
    """
    encoding = wide_encoding(content)
    try:
        if encoding is not None:
            content = content.decode(encoding).encode("utf-8", "replace")
        else:
            content.decode("utf-8")
    except UnicodeDecodeError:
        try:  # half a character may be there in UTF-8, too
            content = content.decode(encoding or "utf-8", "surrogatepass").encode("utf-8", "replace")
        except UnicodeDecodeError as error:
            raise ValueError(f"it is not text: byte {error.start} can't be read as {error.encoding}") from error
    content = content.removeprefix(codecs.BOM_UTF8).removeprefix("\ufeff".encode()).rstrip(b"\0")
    if b"NaN" in content or b"Infinity" in content or HALF.search(content):
        content = _repaired(content)
    return content


def why_not_json(content: bytes, error: Exception) -> str:
    """Return why a text is not JSON, in words for somebody who has never heard of JSON."""
    begin = content.lstrip()[:7]
    if not begin:
        return "it is empty"
    if b"\n<<<<<<< " in content or begin == b"<<<<<<<":
        return "it holds the marks of a merge that was not finished (<<<<<<<)"
    if begin.startswith(b"<"):
        return "it is a web page: get the file itself"
    if not begin.startswith(b"{"):
        return "it does not begin as a notebook does, with {"
    if "truncated" in str(error):
        return "its end is missing: it was not saved or copied completely"
    place = PLACE.search(str(error))
    line = f" in line {1 + content[: int(place[1])].count(NEWLINE)}" if place else ""
    return f"it is damaged{line}: {PLACE.sub('', str(error)).strip()}"


def _repaired(content: bytes) -> bytes:
    """Return a text of the same length, with 0 for numbers that JSON does not know, and a mark for half characters."""
    repaired = bytearray(content)
    for token in TOKEN.finditer(content):
        start, end = token.span()
        if content[start] != QUOTE:
            repaired[start:end] = b"0".ljust(end - start)
            continue
        for halves in HALVES.finditer(content, start, end):
            if halves[1]:
                repaired[halves.start(1) : halves.end(1)] = rb"\ufffd"
    return bytes(repaired)


# ---- the files inside a standalone notebook, as one text: packed on release, unpacked when the notebook runs


def pack(files: Mapping[str, bytes]) -> str:
    """Return files by name as one word; the same files give the same word."""
    return base64.b64encode(zlib.compress(msgspec.msgpack.encode(dict(files)), level=9)).decode()


def unpacked(packed: str) -> dict[str, bytes]:
    """Return the files in such a word, or raise `ValueError`."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(base64.b64decode(packed)), type=dict[str, bytes])
    except (zlib.error, msgspec.DecodeError) as error:
        raise ValueError(f"the files in the notebook are damaged: {error}") from error
