"""Fill the points of a class into a table that another system has exported, for import there.

Given the table, the meaning of its cells in the system, and records, it returns the table with these cells changed and
all others untouched, and lists of the changes and of results without a cell.

A row is a student's if it has a name, login or number of that student's: the folder and, with a roster, the name, the
mail address and the IDs in it. Two names count as the same if they differ only in case, in the encoding of accents, or
in which of their parts comes first.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course import UsageError
from autograder.private import write_private_file
from autograder.results import Record
from autograder.roster import Roster, alike, read_table

Identities = Mapping[str, frozenset[str]]  # by student, the keys of all their names
# What Moodle adds to a name: "Ada Lovelace_4711_assignsubmission_file".
DOWNLOADED = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assign(?:submission|feedback)_\w+")

NUMBERED = "participant {}"  # a number that belongs to the assignment, unlike all other numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """The column for an exercise's points, and its maximum; 0 if the system does not say."""

    exercise: str
    number: int
    maximum: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetKind:
    """The meaning of a system's sheet.

    Attributes
    ----------
    header
        Finds the number of the row with the columns' names, or raises a `UsageError`.
    columns
        Finds the columns of exercises, including those that were named on the command line.
    students
        Finds the numbers of the rows of students.
    names
        Finds the columns that identify a student.
    keys
        Returns the keys of a student from a cell in one of them.
    refusal
        Says why a cell must stay as it is, or nothing.
    decimal_comma
        Says whether the sheet's own numbers have one.
    """

    header: Callable[[ExportedSheet], int]
    columns: Callable[[ExportedSheet, int, Sequence[str], Mapping[str, str]], list[Column]]
    students: Callable[[ExportedSheet, int], list[int]]
    names: Callable[[ExportedSheet, int], list[int]]
    keys: Callable[[ExportedSheet, int, int], frozenset[str]]
    refusal: Callable[[ExportedSheet, int, int, int], str]
    decimal_comma: Callable[[ExportedSheet, int, Sequence[Column]], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A changed cell: the student, the exercise, the values before and after."""

    name: str
    exercise: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """A filled sheet, and the outcome for every row and every result.

    Attributes
    ----------
    sheet
        The filled table.
    columns
        The columns that were filled.
    changes
        The cells that changed.
    same
        How many cells had these points already.
    left
        Rows that were not changed: the student, and why.
    lost
        Results without a row: student, exercises, and why.
    without_column
        Exercises without a column in the sheet.
    rows
        The number of each student's row.
    """

    sheet: ExportedSheet
    columns: tuple[Column, ...]
    changes: tuple[Change, ...]
    same: int
    left: tuple[tuple[str, str], ...]
    lost: tuple[tuple[str, str, str], ...]
    without_column: tuple[str, ...]
    rows: Mapping[str, int]


def fill(
    sheet: ExportedSheet, kind: SheetKind, records: Sequence[Record], identities: Identities, named: Mapping[str, str]
) -> Filled:
    """Fill points into a sheet.

    Parameters
    ----------
    sheet
        The table, as it was exported.
    kind
        The meaning of the sheet in its system.
    records
        The results; those without a submission change nothing.
    identities
        The names and IDs of each student that a sheet may have.
    named
        The columns of exercises with other names.

    Raises
    ------
    UsageError
        If the sheet is not of this kind, or has no column for any of the exercises.
    """
    exercises = list(dict.fromkeys(record.exercise for record in records))
    header = kind.header(sheet)
    columns = kind.columns(sheet, header, exercises, named)
    if not columns:
        there = ", ".join(repr(cell) for cell in sheet.rows[header] if cell.strip())
        raise UsageError(
            f"{sheet.file}: no column for {', '.join(exercises)}; there are {there}. "
            f"Next: name one with --column {exercises[0] if exercises else 'EXERCISE'}=COLUMN"
        )
    rows = kind.students(sheet, header)
    names = [n for n in kind.names(sheet, header) if n not in {column.number for column in columns}]
    found, doubtful = _match(sheet, rows, names, kind, identities)
    comma = kind.decimal_comma(sheet, header, columns)
    results = {(record.student, record.exercise): record for record in records if not _is_missing(record)}
    cells = [list(row) for row in sheet.rows]
    changes, same, left, lost = [], 0, [], []
    for student in identities:
        own = [column for column in columns if (student, column.exercise) in results]
        if own and student not in found:
            which = ", ".join(column.exercise for column in own)
            lost.append((student, which, doubtful.get(student, "no row has this name")))
    taken = {row: student for student, row in found.items()}
    for row in rows:
        label = _label(sheet, row, names)
        own = [column for column in columns if (taken.get(row), column.exercise) in results]
        if not own:
            left.append((label, "submitted nothing" if row in taken else "no result has this name"))
        for column in own:
            record = results[taken[row], column.exercise]
            before, after = sheet.cell(row, column.number), _points(record, column.maximum, comma=comma)
            if refused := kind.refusal(sheet, header, row, column.number):
                left.append((label, f"{column.exercise}: {refused}"))
            elif _number(before) == _number(after):
                same += 1
            else:
                cells[row] += [""] * (column.number + 1 - len(cells[row]))
                cells[row][column.number] = after
                changes.append(Change(name=record.student, exercise=column.exercise, before=before, after=after))
    return Filled(
        sheet=replace(sheet, rows=tuple(map(tuple, cells))),
        columns=tuple(columns),
        changes=tuple(changes),
        same=same,
        left=tuple(left),
        lost=tuple(lost),
        without_column=tuple(each for each in exercises if each not in {column.exercise for column in columns}),
        rows=found,
    )


def _match(
    sheet: ExportedSheet, rows: Sequence[int], names: Sequence[int], kind: SheetKind, identities: Identities
) -> tuple[dict[str, int], dict[str, str]]:
    """Return the row of each student, and why others have none.

    A row belongs to a student if some column identifies the student in this row alone, and no column in another row
    alone.
    """
    by_key = [_rows_by_key(sheet, rows, column, kind) for column in names]
    found: dict[str, int] = {}
    doubtful: dict[str, str] = {}
    for student, own in identities.items():
        hits = [set().union(*(keys.get(key, ()) for key in own)) for keys in by_key]
        certain = {row for rows_hit in hits if len(rows_hit) == 1 for row in rows_hit}
        if len(certain) == 1:
            found[student] = certain.pop()
        elif any(hits):
            doubtful[student] = f"{len(set().union(*hits))} rows have this name"
    holders: dict[int, list[str]] = defaultdict(list)
    for student, row in found.items():
        holders[row].append(student)
    for students in holders.values():
        for student in students if len(students) > 1 else ():  # nobody may get another one's points
            others = ", ".join(each for each in students if each != student)
            doubtful[student] = f"its row would also be that of {others}"
            del found[student]
    return found, doubtful


def _rows_by_key(sheet: ExportedSheet, rows: Sequence[int], column: int, kind: SheetKind) -> dict[str, set[int]]:
    keys: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for key in kind.keys(sheet, row, column):
            keys[key].add(row)
    return keys


def earned(record: Record) -> float:
    """Return the points that count, after the deduction for lateness."""
    return record.score - record.deduction


def _is_missing(record: Record) -> bool:
    return record.error is not None and record.error.kind == "missing"


def _points(record: Record, maximum: float, *, comma: bool) -> str:
    """Return points as a number without separators of thousands, on the sheet's own scale."""
    value = earned(record)
    if maximum and record.max_score:
        value *= maximum / record.max_score
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if comma else text


def _number(cell: str) -> float | None:
    try:
        return round(float(cell.strip().replace(",", ".")), 2)
    except ValueError:
        return None


def number(cell: str) -> float:
    """Return the number in a cell, with a decimal point or comma, or 0 if there is none.

    Examples
    --------
    >>> number("100,00"), number("20"), number("read only")
    (100.0, 20.0, 0.0)
    """
    return _number(cell) or 0.0


def _label(sheet: ExportedSheet, row: int, names: Sequence[int]) -> str:
    """Return a label by which a person finds a row."""
    cells = [sheet.cell(row, column).strip() for column in names]
    return f"row {row + 1} ({', '.join(dict.fromkeys(filter(None, cells)))})"


def plain(name: str) -> str:
    """Return a column's name for comparison: its letters and digits."""
    return "".join(character for character in name.casefold() if character.isalnum())


def named_column(sheet: ExportedSheet, header: int, name: str) -> int:
    """Return the number of a column that was named, or raise a `UsageError`."""
    cells = [cell.strip().lstrip("\ufeff") for cell in sheet.rows[header]]
    if cells.count(name.strip()) != 1:
        raise UsageError(
            f"{sheet.file}: {cells.count(name.strip())} columns are called {name!r}, expected one; there are "
            f"{', '.join(repr(cell) for cell in cells if cell)}"
        )
    return cells.index(name.strip())


# ---- any table: a header, a row per student, a column per exercise


def _columns(sheet: ExportedSheet, header: int, exercises: Sequence[str], named: Mapping[str, str]) -> list[Column]:
    cells = [plain(cell) for cell in sheet.rows[header]]
    found = []
    for exercise in exercises:
        if exercise in named:
            found.append(Column(exercise=exercise, number=named_column(sheet, header, named[exercise])))
        elif cells.count(plain(exercise)) == 1:
            found.append(Column(exercise=exercise, number=cells.index(plain(exercise))))
    return found


def student_rows(sheet: ExportedSheet, header: int) -> list[int]:
    """Return the numbers of the rows below the header that have any text."""
    return [row for row in range(header + 1, len(sheet.rows)) if any(cell.strip() for cell in sheet.rows[row])]


def _names(sheet: ExportedSheet, header: int) -> list[int]:
    """Return the columns that may identify a student: not those with numbers that several rows share, like grades."""
    found = []
    for column in range(len(sheet.rows[header])):
        cells = [cell for row in student_rows(sheet, header) if (cell := sheet.cell(row, column).strip())]
        if len(set(cells)) == len(cells) or any(_number(cell) is None for cell in cells):
            found.append(column)
    return found


def name_keys(sheet: ExportedSheet, row: int, column: int) -> frozenset[str]:
    """Return the keys of a student from a cell: a login, a number, or a name in any order."""
    return identities_of(sheet.cell(row, column))


ANY_SHEET = SheetKind(
    header=lambda sheet: sheet.header,
    columns=_columns,
    students=student_rows,
    names=_names,
    keys=name_keys,
    refusal=lambda *_: "",
    decimal_comma=lambda *_: False,
)


# ---- the table: read, and otherwise written as it was


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
    return ExportedSheet(
        file=file,
        rows=table.rows,
        delimiter=table.delimiter,
        encoding=table.encoding,
        line_end="\r\n" if "\r\n" in table.text else "\n",
        quoted=table.first.count('"') >= 2 * len(table.rows[0]),
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
    write_private_file(file, text.getvalue().encode(sheet.encoding, "replace"))


# ---- a student's names, logins and numbers in other systems


def identities_of(name: str) -> frozenset[str]:
    """Return the keys of one name of a student: a login, a number, or a name in any order.

    Examples
    --------
    >>> identities_of("Lovelace, Ada") & identities_of("ADA LOVELACE") != set()
    True
    >>> identities_of("007") & identities_of("7")
    frozenset()
    """
    plain = alike(name)
    words = plain.replace(",", " ").split()
    keys = {" ".join(words[turn:] + words[:turn]) for turn in range(len(words))}
    if "@" in plain:
        keys.add(plain.partition("@")[0].strip())
    if (downloaded := DOWNLOADED.fullmatch(name)) is not None:
        keys |= identities_of(downloaded["name"]) | {NUMBERED.format(downloaded["number"])}
    return frozenset(keys - {""})


def read_identities(students: Iterable[str], roster: Roster) -> Identities:
    """Return the keys of each student: those of the folder, and all from the roster."""
    found = {}
    for student in students:
        keys = identities_of(student)
        known = roster.of_folder(student)
        if known is not None:
            keys = keys.union(*map(identities_of, (known.folder, known.name, known.email, *known.ids)))
        found[student] = keys
    return found
