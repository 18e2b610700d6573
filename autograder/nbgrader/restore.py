"""Put a submitted notebook into order: what was released stands as it was, what is the student's stays theirs.

A released notebook and a student's bytes go in; a notebook comes out whose marked cells are the released ones, each
once, with the student's text in those that were theirs to fill. Outputs, metadata and marks of the student's own
making are gone, and no HTML of theirs is left: people open this notebook in their browsers.
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


class Given(msgspec.Struct):
    """A cell as it stands in the student's file."""

    cell_type: object = None
    source: object = ""
    metadata: object = None
    attachments: object = None

    def text(self) -> str:
        """Return the cell's text."""
        parts = self.source if isinstance(self.source, list) else [self.source]
        return "".join(part for part in parts if isinstance(part, str))

    def grade_id(self) -> object:
        """Return nbgrader's mark, whatever it is."""
        nbgrader = self.metadata.get("nbgrader") if isinstance(self.metadata, dict) else None
        return nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None


class GivenNotebook(msgspec.Struct):
    """The part of a student's notebook that is read."""

    cells: list[Given]


def restore(released: NotebookNode, submitted: bytes) -> NotebookNode:
    """Return the student's notebook in order; where it is none, the released one."""
    marked = {_mark(cell): cell for cell in released.cells if _mark(cell)}
    plain = {cell.source: cell for cell in released.cells if not _mark(cell)}
    given = _read(submitted)
    cells: list[NotebookNode] = [] if given else list(released.cells)
    seen: set[str] = set() if given else set(marked)
    for each in given:
        name = each.grade_id()
        if isinstance(name, str) and name in marked and name not in seen:
            seen.add(name)
            cells.append(_filled(marked[name], each))
        else:
            cells.append(plain.get(each.text()) or _own(each))
    _put_back(cells, marked, seen)
    return new_notebook(metadata=released.metadata, cells=list(_built(cells)))


def _read(submitted: bytes) -> list[Given]:
    try:
        cells = msgspec.json.decode(submitted, type=GivenNotebook).cells
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return []
    return cells if len(cells) <= MAX_CELLS and sum(len(cell.text()) for cell in cells) <= MAX_TEXT else []


def _mark(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _filled(released: NotebookNode, given: Given) -> NotebookNode:
    """Return a released cell with the student's text, where it was theirs to fill."""
    if utils.is_locked(released) or given.text() == released.source:
        return released
    if released.cell_type == "code":
        return new_code_cell(given.text(), metadata=released.metadata)
    return _markdown(given, released.metadata)


def _own(given: Given) -> NotebookNode:
    return new_code_cell(given.text()) if given.cell_type == "code" else _markdown(given, {})


def _markdown(given: Given, metadata: Any) -> NotebookNode:
    """Return text in which tags and links are no more than text; pictures that are nothing but pictures stay."""
    cell = new_markdown_cell(LINK.sub("] ", TAG.sub("< ", given.text())), metadata=metadata)
    if isinstance(given.attachments, dict):
        kept = {str(name): _pictures(found) for name, found in given.attachments.items() if isinstance(found, dict)}
        cell.attachments = {name: found for name, found in kept.items() if found}
    return cell


def _pictures(found: dict[Any, Any]) -> dict[str, str]:
    return {
        kind: data
        for kind, data in found.items()
        if kind in PICTURES and isinstance(data, str) and BASE64.fullmatch(data)
    }


def _put_back(cells: list[NotebookNode], marked: dict[str, NotebookNode], seen: set[str]) -> None:
    """Put marked cells that are missing back, each behind the one that it was released behind."""
    place = 0
    for name, cell in marked.items():
        if name not in seen:
            cells.insert(place, cell)
        place = next(number for number, each in enumerate(cells, 1) if _mark(each) == name)


def _built(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    for number, cell in enumerate(cells, 1):
        fresh = {"source": cell.source, "metadata": cell.metadata, "id": f"cell-{number}"}
        if cell.cell_type == "code":
            yield new_code_cell(**fresh)
        else:
            yield new_markdown_cell(**fresh, **({"attachments": cell.attachments} if cell.get("attachments") else {}))
