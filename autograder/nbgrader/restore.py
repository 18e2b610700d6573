"""Restore a submitted notebook: released cells as they were released, the student's own cells as they are.

From the released notebook and a student's bytes, it makes a notebook with each marked cell of the released one exactly
once, with the student's text in cells that were theirs to write. Outputs, the student's metadata and marks, and all
HTML in their text are removed, since people open this notebook in their browsers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader import utils

from autograder.merge import RawCell, read_raw_cells

MAX_CELLS = 1000
MAX_TEXT = 2**18  # characters: a page takes a tenth of a millisecond for each
# Beyond these, a text cell is shown as it was typed: nbconvert's time grows with the square of some texts.
MAX_MARKDOWN, MAX_BRACKETS = 10_000, 500
WIDTH = 200  # of its lines then
TAG = re.compile(r"<(?=[A-Za-z/!?])")
# A link or picture, whatever its address is and however it is written; `name` is that of an attachment.
LINK = re.compile(r"\]\(attachment:(?P<name>(?:[^()\s<>\\]|\([^()\s<>\\]*\))+)(?:[ \t]+\"[^\"\n]*\")?\)|\](?=[:(])")
PICTURES = ("image/png", "image/jpeg", "image/gif")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmittedCell:
    """A cell of the student's notebook."""

    name: str  # nbgrader's mark, which may be anything, or empty
    is_code: bool
    text: str
    pictures: Mapping[str, dict[str, str]]  # by name and kind of file


def restore_notebook(released: NotebookNode, submitted: bytes) -> NotebookNode:
    """Restore a student's notebook."""
    marked = {_mark(cell): cell for cell in released.cells if _mark(cell)}
    plain = {cell.source: cell for cell in released.cells if not _mark(cell)}
    theirs = _read(submitted)
    cells: list[NotebookNode] = [] if theirs else list(released.cells)
    seen: set[str] = set() if theirs else set(marked)
    for each in theirs:
        if each.name in marked and each.name not in seen:
            seen.add(each.name)
            cells.append(_filled(marked[each.name], each))
        elif each.text in plain:
            cells.append(plain[each.text])
        else:
            cells.append(new_code_cell(each.text) if each.is_code else _markdown(each, {}))
    complete = _with_missing(cells, marked, seen)
    return new_notebook(metadata=released.metadata, cells=list(_renumbered(complete)))


def _read(submitted: bytes) -> list[SubmittedCell]:
    """Return the cells of a student's notebook; none if it is not a notebook, or far too large."""
    cells: list[SubmittedCell] = []
    room = MAX_TEXT
    try:
        for cell in read_raw_cells(submitted):
            text = cell.text()
            room -= len(text)
            if room < 0 or len(cells) == MAX_CELLS:
                return []
            is_code = cell.kind() == "code"
            pictures = {} if is_code else dict(_pictures(cell))
            cells.append(SubmittedCell(name=cell.grade_id(), is_code=is_code, text=text, pictures=pictures))
    except ValueError:
        return []
    return cells


def _pictures(cell: RawCell) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the pictures that are attached to a cell, and no other attachments."""
    for name, found in cell.attached().items():
        pictures = {
            kind: data
            for kind, data in found.items()
            if kind in PICTURES and isinstance(data, str) and BASE64.fullmatch(data)
        }
        if pictures:
            yield name, pictures


def _mark(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _filled(released: NotebookNode, submitted: SubmittedCell) -> NotebookNode:
    """Return a released cell with the student's text, if it was theirs to write."""
    if utils.is_locked(released) or submitted.text == released.source:
        return released
    if released.cell_type == "code":
        return new_code_cell(submitted.text, metadata=released.metadata)
    return _markdown(submitted, released.metadata)


def _markdown(submitted: SubmittedCell, metadata: Any) -> NotebookNode:
    """Return a text cell with tags and links disarmed; attached pictures stay, under new names.

    A link to an attachment that is missing, or not a picture, would end `nbgrader generate_feedback` for the student.
    """
    names = {name: f"picture-{number}" for number, name in enumerate(submitted.pictures, 1)}

    def disarmed(link: re.Match[str]) -> str:
        written = link["name"]
        name = written and (names.get(written) or names.get(unquote(written)))
        return f"](attachment:{name})" if name else f"] {link[0][1:]}"

    text = LINK.sub(disarmed, TAG.sub("< ", submitted.text))
    if len(text) > MAX_MARKDOWN or text.count("[") > MAX_BRACKETS:
        pieces = (line[at : at + WIDTH] for line in text.splitlines() for at in range(0, len(line) or 1, WIDTH))
        text = "\n".join(f"    {piece}" for piece in pieces)
    cell = new_markdown_cell(text, metadata=metadata)
    cell.attachments = {names[name]: found for name, found in submitted.pictures.items()}
    return cell


def _with_missing(cells: list[NotebookNode], marked: dict[str, NotebookNode], seen: set[str]) -> list[NotebookNode]:
    """Return the cells together with marked ones that were missing, each after its predecessor in the released
    notebook.
    """
    complete, index = list(cells), 0
    for name, cell in marked.items():
        if name not in seen:
            complete.insert(index, cell)
        index = next(number for number, each in enumerate(complete, 1) if _mark(each) == name)
    return complete


def _renumbered(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Yield new cells with new ids, and only source, metadata and attachments."""
    for number, cell in enumerate(cells, 1):
        fields = {"source": cell.source, "metadata": cell.metadata, "id": f"cell-{number}"}
        if cell.cell_type == "code":
            yield new_code_cell(**fields)
        else:
            yield new_markdown_cell(**fields, **({"attachments": cell.attachments} if cell.get("attachments") else {}))
