"""Restore a submitted notebook: released cells as they were released, the student's own cells as they are.

What enters are the released notebook and a student's bytes. What leaves is a notebook with each marked cell of the
released one exactly once, holding the student's text where it was theirs to write. Outputs, and metadata and marks
that the student made, are gone, and so is all HTML of theirs: people open this notebook in their browsers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader import utils

MAX_CELLS = 1000
MAX_TEXT = 2**21  # characters
TAG = re.compile(r"<(?=[A-Za-z/!?])")
LINK = re.compile(r"\](?=:|\((?!attachment:))")  # whatever the address is, and however it is written
PICTURES = ("image/png", "image/jpeg", "image/gif")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


class SubmittedCell(msgspec.Struct):
    """A cell as it is in the student's file, whatever its fields hold."""

    cell_type: object = None
    source: object = ""
    metadata: object = None
    attachments: object = None

    def text(self) -> str:
        """Return the cell's text."""
        parts = self.source if isinstance(self.source, list) else [self.source]
        return "".join(part for part in parts if isinstance(part, str))

    def grade_id(self) -> object:
        """Return nbgrader's mark, which may be anything."""
        nbgrader = self.metadata.get("nbgrader") if isinstance(self.metadata, dict) else None
        return nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None


class SubmittedNotebook(msgspec.Struct):
    """The part of a student's notebook that is read."""

    cells: list[SubmittedCell]


def restore_notebook(released: NotebookNode, submitted: bytes) -> NotebookNode:
    """Restore a student's notebook."""
    marked = {_mark(cell): cell for cell in released.cells if _mark(cell)}
    plain = {cell.source: cell for cell in released.cells if not _mark(cell)}
    theirs = _read(submitted)
    cells: list[NotebookNode] = [] if theirs else list(released.cells)
    seen: set[str] = set() if theirs else set(marked)
    for each in theirs:
        name = each.grade_id()
        if isinstance(name, str) and name in marked and name not in seen:
            seen.add(name)
            cells.append(_filled(marked[name], each))
        elif each.text() in plain:
            cells.append(plain[each.text()])
        else:
            cells.append(new_code_cell(each.text()) if each.cell_type == "code" else _markdown(each, {}))
    complete = _with_missing(cells, marked, seen)
    return new_notebook(metadata=released.metadata, cells=list(_renumbered(complete)))


def _read(submitted: bytes) -> list[SubmittedCell]:
    try:
        cells = msgspec.json.decode(submitted, type=SubmittedNotebook).cells
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return []
    return cells if len(cells) <= MAX_CELLS and sum(len(cell.text()) for cell in cells) <= MAX_TEXT else []


def _mark(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _filled(released: NotebookNode, submitted: SubmittedCell) -> NotebookNode:
    """Return a released cell with the student's text, if it was theirs to write."""
    if utils.is_locked(released) or submitted.text() == released.source:
        return released
    if released.cell_type == "code":
        return new_code_cell(submitted.text(), metadata=released.metadata)
    return _markdown(submitted, released.metadata)


def _markdown(submitted: SubmittedCell, metadata: Any) -> NotebookNode:
    """Return a text cell with tags and links disarmed; attachments stay if they are pictures and nothing else."""
    cell = new_markdown_cell(LINK.sub("] ", TAG.sub("< ", submitted.text())), metadata=metadata)
    if isinstance(submitted.attachments, dict):
        attached = {str(name): found for name, found in submitted.attachments.items() if isinstance(found, dict)}
        pictures = {
            name: {
                kind: data
                for kind, data in found.items()
                if kind in PICTURES and isinstance(data, str) and BASE64.fullmatch(data)
            }
            for name, found in attached.items()
        }
        cell.attachments = {name: found for name, found in pictures.items() if found}
    return cell


def _with_missing(cells: list[NotebookNode], marked: dict[str, NotebookNode], seen: set[str]) -> list[NotebookNode]:
    """Return the cells with marked ones that were missing, each after the one that it was released after."""
    complete, index = list(cells), 0
    for name, cell in marked.items():
        if name not in seen:
            complete.insert(index, cell)
        index = next(number for number, each in enumerate(complete, 1) if _mark(each) == name)
    return complete


def _renumbered(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Yield new cells with ids of our own, and nothing else than source, metadata and attachments."""
    for number, cell in enumerate(cells, 1):
        fields = {"source": cell.source, "metadata": cell.metadata, "id": f"cell-{number}"}
        if cell.cell_type == "code":
            yield new_code_cell(**fields)
        else:
            yield new_markdown_cell(**fields, **({"attachments": cell.attachments} if cell.get("attachments") else {}))
