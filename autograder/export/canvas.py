"""Canvas's gradebook: the CSV that "Export Entire Gradebook" writes and "Import" reads.

After Canvas's own importer (instructure/canvas-lms: lib/gradebook_importer.rb): the first columns are `Student`, `ID`
and others, of which `Section` is the last; the row that begins with `Points Possible` has the maxima, and `read only`
there locks a column; `EX` excuses a student; a row of `Muted` or `Manual Posting` is not a student's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from autograder.course import UsageError
from autograder.export.fill import Column, ExportedSheet, SheetKind, name_keys, named_column, number, plain

TITLE = re.compile(r"(?P<title>.*)\s\(\d+\)")  # "Optimizers (123)"
COMPUTED = re.compile(r"(Current|Final|Override) (Score|Points|Grade|Status)")
POINTS, LOCKED, EXCUSED = "Points Possible", "read only", "EX"
NOBODY = ("Muted", "Manual Posting")
NAMES = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID")


def _header(sheet: ExportedSheet) -> int:
    found = sheet.header
    row = sheet.rows[found]
    if len(row) <= 3 or "Student" not in row[0] or "ID" not in row[1] or _section(sheet, found) is None:
        raise UsageError(
            f"{sheet.file} is not a Canvas gradebook: its header begins with {', '.join(map(repr, row[:3]))}; expected "
            "'Student', 'ID' and a column 'Section'. Next: in Canvas, Grades, Export, Export Entire Gradebook"
        )
    return found


def _section(sheet: ExportedSheet, header: int) -> int | None:
    cells = sheet.rows[header][:7]
    return next((n for n, cell in enumerate(cells) if "Section" in cell), None)


def _columns(sheet: ExportedSheet, header: int, exercises: Sequence[str], named: Mapping[str, str]) -> list[Column]:
    row = sheet.rows[header]
    first = (_section(sheet, header) or 0) + 1
    titles: dict[str, list[int]] = {}
    for n, cell in enumerate(row[first:], first):
        match = TITLE.fullmatch(cell.strip())
        if not COMPUTED.search(cell):
            titles.setdefault(plain(match["title"] if match else cell), []).append(n)
    found = []
    for exercise in exercises:
        if exercise in named:
            place = named_column(sheet, header, named[exercise])
        elif len(titles.get(plain(exercise), [])) == 1:
            (place,) = titles[plain(exercise)]
        else:
            continue
        found.append(Column(exercise=exercise, number=place, maximum=_maximum(sheet, place)))
    return found


def _maximum(sheet: ExportedSheet, column: int) -> float:
    rows = (n for n, row in enumerate(sheet.rows) if row and POINTS in row[0])
    return next((number(sheet.cell(row, column)) for row in rows), 0.0)


def _students(sheet: ExportedSheet, header: int) -> list[int]:
    return [n for n in range(header + 1, len(sheet.rows)) if _is_student(sheet.rows[n])]


def _is_student(row: Sequence[str]) -> bool:
    said = [cell.strip() for cell in row if cell.strip()]
    return bool(said) and POINTS not in row[0] and not all(cell in NOBODY for cell in said)


def _names(sheet: ExportedSheet, header: int) -> list[int]:
    cells = [cell.strip().lstrip("\ufeff") for cell in sheet.rows[header]]
    return [cells.index(name) for name in NAMES if name in cells]


def _refusal(sheet: ExportedSheet, _header: int, row: int, column: int) -> str:
    locked = any(
        LOCKED in sheet.cell(n, column).casefold() for n, each in enumerate(sheet.rows) if each and POINTS in each[0]
    )
    if locked:
        return "Canvas says that the column is read only"
    if sheet.cell(row, column).strip().upper() == EXCUSED:
        return "is excused (EX)"
    return ""


CANVAS = SheetKind(
    header=_header,
    columns=_columns,
    students=_students,
    names=_names,
    keys=name_keys,
    refusal=_refusal,
    decimal_comma=lambda *_: False,  # Canvas reads the last separator of a number as its decimal point
)
