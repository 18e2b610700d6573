"""Tables that people and systems save: CSV with commas, semicolons or tabs, in the encodings of spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course import UsageError

MAX_SHEET = 32 * 2**20  # bytes
DELIMITERS = ",;\t"
OLDER = "cp1252"  # the encoding of older spreadsheets
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A table with a header; each row has a cell for every column."""

    file: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, *names: str) -> int | None:
        """Return the number of the first column that has one of these names, in any case."""
        own = [_plain(name) for name in self.columns]
        return next((own.index(name) for name in map(_plain, names) if name in own), None)

    def require(self, what: str, *names: str) -> int:
        """Return the number of a column, or raise a `UsageError` that names the missing column."""
        found = self.column(*names)
        if found is None:
            raise UsageError(f"{self.file}: no column {what}; it has {', '.join(filter(None, self.columns)) or 'none'}")
        return found

    def require_unique(self, column: int) -> None:
        """Raise a `UsageError` if two rows have the same value in a column."""
        seen: dict[str, int] = {}
        for number, cell in self._numbered(column):
            if cell in seen:
                raise UsageError(
                    f"{self.file}: {self.columns[column]} {cell!r} is in rows {seen[cell]} and {number}; "
                    "expected it once"
                )
            seen[cell] = number

    def records(self, columns: Mapping[str, int | None]) -> Iterator[dict[str, str]]:
        """Yield the cells of each row under our own names; a missing column is empty."""
        for row in self.rows:
            yield {name: "" if number is None else row[number] for name, number in columns.items()}

    def _numbered(self, column: int) -> Iterable[tuple[int, str]]:
        return [(number, row[column]) for number, row in enumerate(self.rows, 2) if row[column]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """All rows of a table as they are in its file, and the file's format."""

    text: str
    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    encoding: str


def read_table(file: Path, *, strict: bool = False) -> Table:
    """Read a table in UTF-8, in the encoding of its byte-order mark, or in that of older spreadsheets.

    Raises `UsageError` if there is no table in the file; if `strict`, also if quotes are not valid CSV.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_SHEET + 1)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}; expected a table saved as CSV") from error
    if len(content) > MAX_SHEET:
        raise UsageError(f"{file}: more than {MAX_SHEET} bytes; expected a table saved as CSV")
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = OLDER
        text = content.decode(encoding, "replace")
    if "\0" in text:
        raise UsageError(f"{file}: this is no text; expected a table saved as CSV")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = tuple(map(tuple, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)))
    except csv.Error as error:
        raise UsageError(f"{file}: {error}; expected a table saved as CSV") from error
    return Table(text=text, rows=rows, delimiter=delimiter, encoding=encoding)


def read_sheet(file: Path) -> Sheet:
    """Read a table with a header; rows without any text are skipped.

    Raises `UsageError` where there is no table in the file.
    """
    rows = [tuple(cell.strip() for cell in row) for row in read_table(file).rows if any(cell.strip() for cell in row)]
    if not rows:
        raise UsageError(f"{file}: there is no row in it; expected a table with a header")
    columns, *others = rows
    wrong = next((number for number, row in enumerate(others, 2) if any(row[len(columns) :])), None)
    if wrong is not None:
        raise UsageError(f"{file}: row {wrong} has more cells than the header has columns")
    width = len(columns)
    return Sheet(file=file, columns=columns, rows=tuple((*row[:width], *[""] * (width - len(row))) for row in others))


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").split()).casefold()
