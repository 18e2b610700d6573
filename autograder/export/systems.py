"""The sheets of Moodle and Canvas: which of their cells mean what.

Moodle's is the grading worksheet of an assignment, in any language, beside which a zip can have a feedback file for
each student. After Moodle's own importers (moodle/moodle: mod/assign/feedback/offline/importgradeslib.php and
mod/assign/feedback/file/importziplib.php). The worksheet's columns are named in the site's language, in a fixed order:
participant, full name, perhaps ID number and e-mail, status, grade, maximum grade. So the grade is in the column before
the one in which every row has the same number. The first cell ends with the participant's number; the zip has a folder
`<full name>_<number>_assignfeedback_file` for each student.

Canvas's is the gradebook: the CSV that "Export Entire Gradebook" writes and "Import" reads. After Canvas's own importer
(instructure/canvas-lms: lib/gradebook_importer.rb): the first columns are `Student`, `ID` and others, of which
`Section` is the last; the row that begins with `Points Possible` has the maxima, and `read only` there locks a column;
`EX` excuses a student; a row of `Muted` or `Manual Posting` is not a student's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from autograder.course import UsageError
from autograder.export.fill import (
    NUMBERED,
    Column,
    ExportedSheet,
    SheetKind,
    name_keys,
    named_column,
    number,
    plain,
    student_rows,
)
from autograder.printable import printable

# ---- Moodle


PARTICIPANT = re.compile(r"\D*(\d+)\s*")  # "Participant 4711", "Teilnehmer/in4711"
FOLDER = "{name}_{number}_assignfeedback_file"
MAX_NAME = 60  # characters of a name in a path
# "No", in the column that says whether a grade can be changed, in Moodle's languages.
NO = ("no", "nein", "non", "nee", "não", "nej", "nei", "ne", "nie", "нет", "ні", "ei", "nem", "hayır", "いいえ", "否")


def _moodle_header(sheet: ExportedSheet) -> int:
    found = sheet.header
    rows = [row for row in sheet.rows[found + 1 :] if any(cell.strip() for cell in row)]
    if len(sheet.rows[found]) < 5 or not all(PARTICIPANT.fullmatch(row[0]) for row in rows):
        raise UsageError(
            f"{sheet.file} is not a Moodle grading worksheet: its first column has no participants with a number. "
            "Next: in the assignment, switch on the offline grading worksheet, then download it"
        )
    return found


def _moodle_columns(
    sheet: ExportedSheet, header: int, exercises: Sequence[str], named: Mapping[str, str]
) -> list[Column]:
    if len(exercises) != 1:
        raise UsageError(
            f"a worksheet of Moodle is about one assignment, and there are {len(exercises)} exercises: "
            f"name one of {', '.join(exercises)}"
        )
    (exercise,) = exercises
    rows = student_rows(sheet, header)
    maxima = [n for n in range(3, len(sheet.rows[header])) if _is_maximum(sheet, rows, n)]
    if exercise in named:
        place = named_column(sheet, header, named[exercise])
        maxima = [n for n in maxima if n == place + 1]
    elif len(maxima) == 1:
        place = maxima[0] - 1
    else:
        return []
    most = number(sheet.cell(rows[0], place + 1)) if maxima and rows else 0.0
    return [Column(exercise=exercise, number=place, maximum=most)]


def _is_maximum(sheet: ExportedSheet, rows: Sequence[int], column: int) -> bool:
    """Say whether every row has the same number in a column, and at most that much, or nothing, in the one before."""
    most = {sheet.cell(row, column).strip() for row in rows}
    if len(most) != 1 or not number(*most):
        return False
    grades = {sheet.cell(row, column - 1).strip() for row in rows} - {"", "-"}
    return all(re.fullmatch(r"\d+(?:[.,]\d+)?", grade) and number(grade) <= number(*most) for grade in grades)


def _moodle_keys(sheet: ExportedSheet, row: int, column: int) -> frozenset[str]:
    """Return the keys of a student from a cell; the participant's number belongs to this assignment alone."""
    match = PARTICIPANT.fullmatch(sheet.cell(row, column)) if column == 0 else None
    return frozenset({NUMBERED.format(match[1])}) if match else name_keys(sheet, row, column)


def _moodle_refusal(sheet: ExportedSheet, _header: int, row: int, column: int) -> str:
    after = {sheet.cell(row, n).strip().casefold() for n in range(column + 2, column + 4)}
    return "Moodle says that the grade can't be changed" if after & set(NO) else ""


def _moodle_decimal_comma(sheet: ExportedSheet, header: int, columns: Sequence[Column]) -> bool:
    cells = [sheet.cell(row, each.number + 1) for row in student_rows(sheet, header) for each in columns]
    return any("," in cell for cell in cells)


MOODLE = SheetKind(
    header=_moodle_header,
    columns=_moodle_columns,
    students=student_rows,
    names=lambda *_: [0, 1, 2, 3],  # participant, full name, and perhaps ID number and e-mail
    keys=_moodle_keys,
    refusal=_moodle_refusal,
    decimal_comma=_moodle_decimal_comma,
)


def feedback_zip(
    sheet: ExportedSheet, rows: Mapping[str, int], files: Iterable[tuple[str, str, bytes]]
) -> dict[str, bytes]:
    """Return the files of the zip by name, as Moodle's importer expects them.

    Parameters
    ----------
    sheet
        The worksheet, which has the participants' numbers.
    rows
        The row of each student.
    files
        Student, file name and content of each file; those of students without a row are skipped.
    """
    found = {}
    for student, name, content in files:
        if student not in rows:
            continue
        row = rows[student]
        match = PARTICIPANT.fullmatch(sheet.cell(row, 0))
        if match is not None:
            folder = FOLDER.format(name=_path_name(sheet.cell(row, 1)), number=match[1])
            found[f"{folder}/{name}"] = content
    return found


def _path_name(name: str) -> str:
    """Return a name without characters that would split a path, or the parts that the importer reads."""
    return re.sub(r'[_/\\:*?"<>|]', " ", printable(name))[:MAX_NAME].strip(" .") or "participant"


# ---- Canvas


TITLE = re.compile(r"(?P<title>.*)\s\(\d+\)")  # "Optimizers (123)"
COMPUTED = re.compile(r"(Current|Final|Override) (Score|Points|Grade|Status)")
POINTS, LOCKED, EXCUSED = "Points Possible", "read only", "EX"
NOBODY = ("Muted", "Manual Posting")
NAMES = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID")


def _canvas_header(sheet: ExportedSheet) -> int:
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


def _canvas_columns(
    sheet: ExportedSheet, header: int, exercises: Sequence[str], named: Mapping[str, str]
) -> list[Column]:
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


def _canvas_students(sheet: ExportedSheet, header: int) -> list[int]:
    return [n for n in range(header + 1, len(sheet.rows)) if _is_student(sheet.rows[n])]


def _is_student(row: Sequence[str]) -> bool:
    said = [cell.strip() for cell in row if cell.strip()]
    return bool(said) and POINTS not in row[0] and not all(cell in NOBODY for cell in said)


def _canvas_names(sheet: ExportedSheet, header: int) -> list[int]:
    cells = [cell.strip().lstrip("\ufeff") for cell in sheet.rows[header]]
    return [cells.index(name) for name in NAMES if name in cells]


def _canvas_refusal(sheet: ExportedSheet, _header: int, row: int, column: int) -> str:
    locked = any(
        LOCKED in sheet.cell(n, column).casefold() for n, each in enumerate(sheet.rows) if each and POINTS in each[0]
    )
    if locked:
        return "Canvas says that the column is read only"
    if sheet.cell(row, column).strip().upper() == EXCUSED:
        return "is excused (EX)"
    return ""


CANVAS = SheetKind(
    header=_canvas_header,
    columns=_canvas_columns,
    students=_canvas_students,
    names=_canvas_names,
    keys=name_keys,
    refusal=_canvas_refusal,
    decimal_comma=lambda *_: False,  # Canvas reads the last separator of a number as its decimal point
)
