"""Fill the points of a class into a table that another system has exported, so that it can read it back.

What enters are the table, what of it a system means by which cell, and records. What leaves is the table with these
cells changed and all others as they were, and a list of what was changed and of what found no place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.course import UsageError
from autograder.export.identities import Identities, identities_of
from autograder.export.sheet import ExportedSheet
from autograder.results import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """Where an exercise's points go, and how many they are there; 0 where the system does not say."""

    exercise: str
    number: int
    maximum: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetKind:
    """What a system means by its sheet.

    Attributes
    ----------
    header
        Finds the number of the row with the columns' names, or raises a `UsageError`.
    columns
        Finds the columns of exercises, those that were named for them among them.
    students
        Finds the numbers of the rows that are students'.
    names
        Finds the columns that say who a student is.
    keys
        Returns what a cell in one of them calls a student.
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
    """A cell that is another one: whose, for what, before and after."""

    name: str
    exercise: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """A filled sheet, and what became of every row and every result.

    Attributes
    ----------
    sheet
        The table to give back.
    columns
        Where points went.
    changes
        The cells that are other ones now.
    same
        How many cells had these points already.
    left
        Rows that stay as they were: who, and why.
    lost
        Results that found no row: student, exercises, and why.
    without_column
        Exercises that the sheet has no column for.
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
        What its system means by it.
    records
        The results; those of who submitted nothing change nothing.
    identities
        Under which names a sheet may have each student.
    named
        The columns of exercises that are called otherwise.

    Raises
    ------
    UsageError
        Where the sheet is not one of this kind, or has a column for none of the exercises.
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

    A row is a student's where some column knows the student in this row alone, and no column in another row alone.
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
    """Return the points that count, less what lateness takes off."""
    return record.score - record.deduction


def _is_missing(record: Record) -> bool:
    return record.error is not None and record.error.kind == "missing"


def _points(record: Record, maximum: float, *, comma: bool) -> str:
    """Return points as a number that has no separator of thousands, on the sheet's own scale."""
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
    """Return the number in a cell, whichever its decimal point is, or 0 where there is none.

    Examples
    --------
    >>> number("100,00"), number("20"), number("read only")
    (100.0, 20.0, 0.0)
    """
    return _number(cell) or 0.0


def _label(sheet: ExportedSheet, row: int, names: Sequence[int]) -> str:
    """Return what a person finds a row by."""
    cells = [sheet.cell(row, column).strip() for column in names]
    return f"row {row + 1} ({', '.join(dict.fromkeys(filter(None, cells)))})"


def plain(name: str) -> str:
    """Return a column's name as it is compared: letters and digits."""
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


def _students(sheet: ExportedSheet, header: int) -> list[int]:
    return [row for row in range(header + 1, len(sheet.rows)) if any(cell.strip() for cell in sheet.rows[row])]


def _names(sheet: ExportedSheet, header: int) -> list[int]:
    """Return the columns that may say who it is: not those of numbers that several rows share, as grades are."""
    found = []
    for column in range(len(sheet.rows[header])):
        cells = [cell for row in _students(sheet, header) if (cell := sheet.cell(row, column).strip())]
        if len(set(cells)) == len(cells) or any(_number(cell) is None for cell in cells):
            found.append(column)
    return found


def name_keys(sheet: ExportedSheet, row: int, column: int) -> frozenset[str]:
    """Return what a cell calls a student: a login, a number, or a name in any order."""
    return identities_of(sheet.cell(row, column))


ANY_SHEET = SheetKind(
    header=lambda sheet: sheet.header,
    columns=_columns,
    students=_students,
    names=_names,
    keys=name_keys,
    refusal=lambda *_: "",
    decimal_comma=lambda *_: False,
)
