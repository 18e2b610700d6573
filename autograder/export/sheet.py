"""A table as another system has exported it: read whole, changed in a few cells, and written as it was otherwise."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from autograder.course import UsageError
from autograder.private import make_private_file
from autograder.term.sheet import DELIMITERS, MARKS, MAX_SHEET


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportedSheet:
    """All rows of a table, the header among them, and how the file is written; cells are exactly as they were."""

    file: Path
    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    encoding: str
    line_end: str
    quoted: bool  # every cell, needed or not

    def cell(self, row: int, column: int) -> str:
        """Return a cell, or nothing where a row is shorter than that."""
        return self.rows[row][column] if column < len(self.rows[row]) else ""


def read_exported_sheet(file: Path) -> ExportedSheet:
    """Read a table.

    Raises `UsageError` where there is none in the file.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_SHEET + 1)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}; expected a table that was exported as CSV") from error
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"  # of older spreadsheets
        text = content.decode(encoding, "replace")
    if len(content) > MAX_SHEET or "\0" in text:
        raise UsageError(f"{file}: this is no table of at most {MAX_SHEET} bytes; expected one exported as CSV")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = tuple(tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UsageError(f"{file}: {error}; expected a table that was exported as CSV") from error
    if not any(rows):
        raise UsageError(f"{file}: there is no row in it; expected a table that was exported as CSV")
    line_end = "\r\n" if "\r\n" in text else "\n"
    return ExportedSheet(
        file=file,
        rows=rows,
        delimiter=delimiter,
        encoding=encoding,
        line_end=line_end,
        quoted=first.count('"') >= 2 * len(rows[0]),
    )


def write_filled_sheet(file: Path, sheet: ExportedSheet) -> None:
    """Write a table as its system has written it; a file that is there is replaced when the new one is complete."""
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
