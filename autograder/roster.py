"""The roster: who is in a course, and how other systems call them.

A CSV file with a row per student. The column `folder` (or `login`) has the name of the student's folder among the
submissions; without such a column, it is the part of the e-mail address before the @. The other columns are optional.
The participants lists that Canvas, Moodle and Gradescope export can be read as they are.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import UsageError

POINTS = "Points Possible"  # begins a row of Canvas's gradebook that does not belong to a student
# The columns, with the names that people and systems give them.
FOLDER = ("folder", "login", "username", "user name", "identifier", "SIS Login ID")
NAMES = {
    "name": ("name", "full name", "student", "student name"),
    "first": ("first name", "given name", "firstname"),
    "last": ("last name", "surname", "family name", "lastname"),
    "email": ("email", "email address", "mail", "e mail address"),
    "group": ("group", "team", "groups"),
    "section": ("section", "class", "tutorial"),
}
IDS = {
    "id": ("id number", "student id", "sid", "sis user id", "sis id", "matriculation number", "matrikelnummer"),
    "moodle": ("moodle", "moodle id"),
    "canvas": ("canvas", "canvas id", "id"),
    "gradescope": ("gradescope", "gradescope id"),
    "github": ("github", "github username", "github login", "github id"),
}
MAX_SHEET = 32 * 2**20  # bytes
DELIMITERS = ",;\t"
OLDER = "cp1252"  # the encoding of older spreadsheets
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterStudent:
    """A student in the roster; unknown fields are empty."""

    folder: str
    name: str = ""
    email: str = ""
    group: str = ""
    section: str = ""
    ids: tuple[str, ...] = ()  # all IDs of this student in other systems


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """All students of a course, in the order of the file; empty if a course has no roster."""

    file: Path | None = None
    students: tuple[RosterStudent, ...] = ()
    by_folder: dict[str, RosterStudent] = field(default_factory=dict)
    _by_id: dict[str, list[RosterStudent]] = field(default_factory=dict)
    _by_name: dict[str, list[RosterStudent]] = field(default_factory=dict)
    _by_group: dict[str, list[RosterStudent]] = field(default_factory=dict)

    def with_id(self, *ids: str) -> list[RosterStudent]:
        """Return the students with one of these IDs, e-mail addresses or folders; the first one that matches
        decides.
        """
        for each in ids:
            found = self._by_id.get(each.strip().casefold(), []) if each.strip() else []
            if found:
                return found
        return []

    def with_name(self, name: str) -> list[RosterStudent]:
        """Return the students with a name, whichever of its parts comes first, and whichever characters a system has
        dropped.
        """
        return self._by_name.get(name_key(name), [])

    def with_group(self, name: str) -> list[RosterStudent]:
        """Return the members of a group."""
        return self._by_group.get(name_key(name), [])

    def of_folder(self, folder: str) -> RosterStudent | None:
        """Return the student with a folder; if no name is the same, one that looks alike."""
        if folder in self.by_folder:
            return self.by_folder[folder]
        like = [student for student in self.students if alike(student.folder) == alike(folder)]
        return like[0] if len(like) == 1 else None


def read_roster(file: Path) -> Roster:
    """Read a roster.

    Raises `UsageError` if there is no column for folders, or if two students share a folder or an ID.
    """
    sheet = read_sheet(file)
    columns = {name: sheet.column(*others) for name, others in NAMES.items()}
    ids = {name: sheet.column(*others) for name, others in IDS.items()}
    folder = sheet.column(*FOLDER)
    if folder is None and columns["email"] is None:
        sheet.require("folder (or login, or email)", *FOLDER)
    for column in (folder, columns["email"], *ids.values()):
        if column is not None:
            sheet.require_unique(column)
    students: dict[str, RosterStudent] = {}
    rows = zip(sheet.records(columns), sheet.records(ids), sheet.rows, strict=True)
    for number, (row, known, cells) in enumerate(rows, 2):
        name = row["name"] or f"{row['first']} {row['last']}".strip()
        if POINTS in name:
            continue
        step = _folder(sheet, number, row["email"].partition("@")[0] if folder is None else cells[folder])
        if step in students:
            raise UsageError(f"{file}: two students would have the folder {step!r}; give each one in a column folder")
        students[step] = RosterStudent(
            folder=step,
            name=name,
            email=row["email"],
            group=row["group"],
            section=row["section"],
            ids=tuple(filter(None, known.values())),
        )
    return _roster(file, list(students.values()))


def _roster(file: Path, students: Sequence[RosterStudent]) -> Roster:
    by_id, by_name, by_group = defaultdict(list), defaultdict(list), defaultdict(list)
    for student in students:
        mail = (student.email, student.email.partition("@")[0])
        for each in dict.fromkeys(map(str.casefold, filter(None, (student.folder, *student.ids, *mail)))):
            by_id[each].append(student)
        for key in _orders(student.name):
            by_name[key].append(student)
        if student.group:
            by_group[name_key(student.group)].append(student)
    return Roster(
        file=file,
        students=tuple(students),
        by_folder={student.folder: student for student in students},
        _by_id=dict(by_id),
        _by_name=dict(by_name),
        _by_group=dict(by_group),
    )


def _folder(sheet: Sheet, number: int, folder: str) -> str:
    """Return the name of a folder directly among the submissions, and not hidden."""
    if not folder:
        raise UsageError(f"{sheet.file}: row {number} has no folder (or login)")
    if folder.startswith(".") or not folder.isprintable() or {"/", "\\"} & set(folder):
        raise UsageError(f"{sheet.file}: row {number} has {folder!r} for a folder; expected a name without / or \\")
    return folder


def _orders(name: str) -> set[str]:
    """Return the keys of a name with its parts in every order that systems write: "Ada Lovelace", "Lovelace, Ada"."""
    words = name.replace(",", " ").split()
    return {name_key(" ".join(words[n:] + words[:n])) for n in range(len(words))} - {""}


def name_key(name: str) -> str:
    """Return a key that does not depend on how a system spells a name: its letters and digits.

    Examples
    --------
    >>> name_key("O'Neill, Jean-Pierre") == name_key("oneilljeanpierre")
    True
    """
    return "".join(character for character in alike(name) if character.isalnum())


def alike(name: str) -> str:
    """Return a key that is the same for names that look alike: case and the encoding of accents don't matter."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def twins(names: Iterable[str]) -> list[list[str]]:
    """Return groups of names that look alike, but differ."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(names):
        groups[alike(name)].append(name)
    return [group for group in groups.values() if len(group) > 1]


# ---- tables that people and systems save: CSV with commas, semicolons or tabs, in the encodings of spreadsheets


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
    first: str  # the first line with text, in which the delimiter is
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
        raise UsageError(f"{file}: this is not text; expected a table saved as CSV")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = tuple(map(tuple, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)))
    except csv.Error as error:
        raise UsageError(f"{file}: {error}; expected a table saved as CSV") from error
    return Table(text=text, first=first, rows=rows, delimiter=delimiter, encoding=encoding)


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
