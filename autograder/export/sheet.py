"""A table that another system has exported: read, changed in a few cells, and otherwise written as it was."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from autograder.course import UsageError
from autograder.private import make_private_file
from autograder.term import read_table


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportedSheet:
    """All rows of a table, including the header, and the file's format; cells are exactly as in the file."""

    file: Path
    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    encoding: str
    line_end: str
    quoted: bool  # every cell, needed or not

    @property
    def header(self) -> int:
        """The number of the first row with text."""
        return next((number for number, row in enumerate(self.rows) if any(cell.strip() for cell in row)), 0)

    def cell(self, row: int, column: int) -> str:
        """Return a cell, or nothing if the row is shorter."""
        return self.rows[row][column] if column < len(self.rows[row]) else ""


def read_exported_sheet(file: Path) -> ExportedSheet:
    """Read a table.

    Raises `UsageError` if there is none in the file.
    """
    table = read_table(file, strict=True)
    if not any(table.rows):
        raise UsageError(f"{file}: there is no row in it; expected a table saved as CSV")
    first = next((line for line in table.text.splitlines() if line.strip()), "")
    return ExportedSheet(
        file=file,
        rows=table.rows,
        delimiter=table.delimiter,
        encoding=table.encoding,
        line_end="\r\n" if "\r\n" in table.text else "\n",
        quoted=first.count('"') >= 2 * len(table.rows[0]),
    )


def write_filled_sheet(file: Path, sheet: ExportedSheet) -> None:
    """Write a table in its system's format; an existing file is replaced when the new one is complete."""
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=sheet.delimiter,
        lineterminator=sheet.line_end,
        quoting=csv.QUOTE_ALL if sheet.quoted else csv.QUOTE_MINIMAL,
    )
    writer.writerows(sheet.rows)
    draft = file.with_name(f".{file.name}.draft")
    draft.unlink(missing_ok=True)
    make_private_file(draft)
    draft.write_bytes(text.getvalue().encode(sheet.encoding, "replace"))
    draft.replace(file)
