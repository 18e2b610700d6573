"""The cells of a submission: a file, or the cells of a notebook, in the order in which they run."""

from __future__ import annotations

import codecs

import msgspec

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # first: it begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Which of the first four bytes are zero, if a text without a byte-order mark begins with ASCII, as Python and JSON do.
ZEROS = {
    (True, True, True, False): "utf-32-be",
    (False, True, True, True): "utf-32-le",
    (True, False, True, False): "utf-16-be",
    (False, True, False, True): "utf-16-le",
}


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of source whose statements run one by one, in one namespace with those of the others.

    `source` is a file's bytes, in whatever encoding it declares, or a notebook cell's text in UTF-8. If a `required`
    cell can't be read, there is nothing to grade. If a cell for a graded `function` fails to define it, calls of the
    function raise what the cell raised. A cell that `replaces` may define names of other cells again, without a note.
    """

    label: str
    source: bytes
    required: bool = False
    function: str = ""
    replaces: bool = False

    @property
    def is_file(self) -> bool:
        """Say whether this is the `.py` file, and not a notebook's cell."""
        return self.label.endswith(".py")


def wide_encoding(source: bytes) -> str | None:
    """Return whether a text is in UTF-16 or UTF-32, or None if it is in neither."""
    for mark, name in MARKS:
        if source.startswith(mark):
            return name
    return ZEROS.get(tuple(byte == 0 for byte in source[:4]))  # type: ignore[arg-type]  # a shorter one is not in it
