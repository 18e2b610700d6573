"""What a submission consists of: a file, or the cells of a notebook, in the order in which they run."""

from __future__ import annotations

import msgspec


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of source that is compiled and run by itself, in one namespace with the others.

    `source` is a file's bytes, in whatever encoding it declares, or a notebook cell's text in UTF-8. Where a `required`
    cell fails, the submission can't be imported; in any other, the statements that fail are skipped. If one of those
    defines `function`, the graded function that the cell is for, calls of it raise what the cell raised.
    """

    label: str
    source: bytes
    required: bool = False
    function: str = ""

    @property
    def is_file(self) -> bool:
        """Say whether this is the `.py` file; a cell's label names no file."""
        return self.label.endswith(".py")
