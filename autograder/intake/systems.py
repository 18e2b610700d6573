"""How each system names its files: turn a download into hand-ins with a student, a time, and files.

The formats are those in the systems' own sources: Moodle's `mod/assign`, Canvas's `content_zipper.rb`, Gradescope's
export with `submission_metadata.yml`, and the clones of GitHub Classroom.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import islice
from pathlib import Path
from typing import Any

from autograder.course import UsageError
from autograder.intake.download import Download, Entry
from autograder.roster import Sheet

MAX_LOOKED_AT = 2000  # names, to recognize a system
MAX_METADATA = 32 * 2**20  # bytes
MAX_NESTED = 50  # levels of it
MOODLE = re.compile(r"(?P<name>[^_]+)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<rest>.*))?")
CANVAS_WHO = r"(?:(?!LATE_)(?P<name>\w*?)_)?(?P<late>LATE_)?(?P<user>\d+|anon_[A-Za-z0-9]+)_"
CANVAS = re.compile(CANVAS_WHO + r"(?P<attachment>\d+)_(?P<file>.+)")
CANVAS_TEXT = re.compile(CANVAS_WHO + r"(?:text|link)\.html")  # text that was typed into the web page, not a file
METADATA = "submission_metadata.yml"
CLASSROOM = re.compile(r"(?P<assignment>.+)-submissions")

File = tuple[tuple[str, ...], Entry]  # with its steps below the student's folder
# By the first letters of its names in English, German, French, Spanish, Italian, Dutch, Portuguese.
MONTHS = {
    1: ("jan", "ene", "gen", "jän"),
    2: ("feb", "fév", "fev"),
    3: ("mar", "mär", "maa", "mrt"),
    4: ("apr", "avr", "abr"),
    5: ("may", "mai", "mei", "mag"),
    6: ("jun", "juin", "giu"),
    7: ("jul", "juil", "lug"),
    8: ("aug", "aoû", "ago"),
    9: ("sep", "set"),
    10: ("oct", "okt", "ott", "out"),
    11: ("nov",),
    12: ("dec", "dez", "déc", "dic"),
}
TIME = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?\s*([AaPp])?\.?\s?[Mm]?")
NUMERIC = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Who:
    """A student, with the names and IDs in a system."""

    name: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One hand-in of a download.

    Attributes
    ----------
    source
        Its name in the download.
    who
        The students who submitted it: one, or several of a group; or a group's name, which the roster resolves.
    key
        The ID that distinguishes it from other hand-ins: two with the same name are two students.
    files
        Its files, in the order of attempts.
    submitted_at
        When it was submitted, or None if the system does not say.
    late
        Whether the system has marked it as late.
    ordered
        Whether files of the same name are attempts in their order, not parts of one.
    """

    source: str
    who: tuple[Who, ...]
    key: str
    files: tuple[File, ...]
    submitted_at: datetime | None = None
    late: bool = False
    ordered: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """The hand-ins of a download, and names that belong to no student."""

    items: list[Item]
    others: list[str]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class System:
    """A system: how to read its download, and its sheet, which tells more about students, and perhaps times."""

    take: Callable[[Download, Sheet | None, tzinfo], Taken]
    sheet: str
    dated: bool = False  # whether the sheet has times
    links: bool = False  # whether students' own links are in its downloads


# ---- Moodle


def _moodle(download: Download, sheet: Sheet | None, zone: tzinfo) -> Taken:
    files: dict[tuple[str, str], list[File]] = defaultdict(list)
    others = []
    for entry in download.entries:
        at, match = next(
            ((n, found) for n, step in enumerate(entry.steps) if (found := MOODLE.fullmatch(step))), (0, None)
        )
        if match is None:
            others.append("/".join(entry.steps))
            continue
        steps = entry.steps[at + 1 :] or (match["rest"] or "",)
        if match["plugin"] == "file" and steps[-1]:
            files[match["name"], match["id"]].append((steps, entry))
        else:
            files[match["name"], match["id"]] += []
            others.append("/".join(entry.steps))
    known = {} if sheet is None else _moodle_sheet(sheet, zone)
    items = []
    for (name, number), own in files.items():
        who, when = known.get(number, (Who(name=name), None))
        items.append(
            Item(
                source=f"{name}_{number}",
                who=(who,),
                key=number,
                files=tuple(own),
                submitted_at=when,  # the dates in the zip may be those of packing it
            )
        )
    notes = []
    if sheet is not None and known and not set(known) & {number for _, number in files}:
        notes.append(f"no participant of {sheet.file} is in the download: it belongs to another assignment")
    return Taken(items=items, others=others, notes=notes)


def _moodle_sheet(sheet: Sheet, zone: tzinfo) -> dict[str, tuple[Who, datetime | None]]:
    """Read a grading worksheet in any language: its first column has the participants' numbers."""
    numbers = [re.search(r"(\d+)\s*$", row[0]) for row in sheet.rows]
    if not numbers or not all(numbers):
        raise UsageError(
            f"{sheet.file}: no column Identifier, which is the first one of Moodle's grading worksheet; it has "
            f"{', '.join(filter(None, sheet.columns))}"
        )
    sheet.require_unique(0)
    name = sheet.column("Full name", "Vollständiger Name", "Nom complet", "Nombre completo", "Nome completo")
    name = name if name is not None else (1 if len(sheet.columns) > 1 else None)
    ids = [sheet.column("ID number", "ID-Nummer", "Matrikelnummer"), sheet.column("Username", "Anmeldename")]
    when = _submitted_column(sheet, zone)
    found = {}
    for row, number in zip(sheet.rows, numbers, strict=True):
        others = (cell for at, cell in enumerate(row) if at != name)  # students choose their names
        mails = [cell for cell in others if re.fullmatch(r"[^@\s,;]+@[^@\s,;]+", cell)]
        known = [row[at] for at in ids if at is not None and row[at]]
        who = Who(name=row[name] if name is not None else "", ids=(*mails[:1], *known))
        assert number is not None
        found[number[1]] = who, read_date(row[when], zone) if when is not None else None
    return found


def _submitted_column(sheet: Sheet, zone: tzinfo) -> int | None:
    """Return the column with the dates of hand-ins: by its name, or the first one whose dates differ."""
    known = sheet.column("Last modified (submission)", "Zuletzt geändert (Abgabe)", "Zuletzt geändert (Lösung)")
    if known is not None:
        return known
    dates = {at: {read_date(row[at], zone) for row in sheet.rows} - {None} for at in range(1, len(sheet.columns))}
    dated = [at for at, found in dates.items() if found]
    return next((at for at in dated if len(dates[at]) > 1), dated[0] if dated else None)


# ---- Canvas


def _canvas(download: Download, sheet: Sheet | None, _: tzinfo) -> Taken:
    found: dict[str, list[tuple[int, str, Entry]]] = defaultdict(list)
    names: dict[str, tuple[str, bool]] = {}
    others = []
    for entry in download.entries:
        match = CANVAS.fullmatch(entry.name)
        text = CANVAS_TEXT.fullmatch(entry.name)
        if match is None and text is None:
            others.append("/".join(entry.steps))
            continue
        user = (match or text)["user"]  # type: ignore[index]
        name, late = (match or text)["name"], bool((match or text)["late"])  # type: ignore[index]
        names[user] = name or user, late or names.get(user, ("", False))[1]
        if match is None:
            found[user] += []
            others.append("/".join(entry.steps))
        else:
            found[user].append((int(match["attachment"]), match["file"], entry))
    known = {} if sheet is None else _canvas_sheet(sheet)
    items = []
    for user, files in found.items():
        name, late = names[user]
        who = known.get(user, Who(name=name, ids=(user,)))
        ordered = tuple(((file,), entry) for _, file, entry in sorted(files, key=lambda each: each[0]))
        items.append(Item(source=f"{name}_{user}", who=(who,), key=user, files=ordered, late=late, ordered=True))
    return Taken(items=items, others=others)


def _canvas_sheet(sheet: Sheet) -> dict[str, Who]:
    """Read an exported gradebook, which has the IDs of a student in other systems."""
    student, user = sheet.require("Student", "Student"), sheet.require("ID", "ID")
    sheet.require_unique(user)
    others = [sheet.column("SIS User ID"), sheet.column("SIS Login ID")]
    return {
        row[user]: Who(name=row[student], ids=(row[user], *(row[at] for at in others if at is not None and row[at])))
        for row in sheet.rows
        if row[user]
    }


# ---- Gradescope


def _gradescope(download: Download, sheet: Sheet | None, _: tzinfo) -> Taken:
    if sheet is not None:
        raise UsageError("--sheet is not needed for Gradescope: its metadata has names, e-mail addresses and times")
    named = [entry for entry in download.entries if entry.name == METADATA]
    # Below the export's own metadata there may be a student's file of the same name.
    least = min((len(entry.steps) for entry in named), default=0)
    metadata = [entry for entry in named if len(entry.steps) == least]
    if len(metadata) != 1:
        raise UsageError(
            f"{download.place}: {METADATA} is in it {len(metadata)} times; expected Gradescope's export of "
            "submissions, which has it once"
        )
    root = metadata[0].steps[:-1]
    known = _metadata(download.place, metadata[0])
    files: dict[str, list[File]] = {name: [] for name in known}
    others = []
    for entry in download.entries:
        inside = entry.steps[: len(root)] == root
        name = entry.steps[len(root)] if inside and len(entry.steps) > len(root) + 1 else ""
        if name in files:
            files[name].append((entry.steps[len(root) + 1 :], entry))
        elif entry is not metadata[0]:
            others.append("/".join(entry.steps))
    items = []
    for name, own in files.items():
        about = known[name]
        who = tuple(
            Who(name=_text(each, "name"), ids=tuple(filter(None, (_text(each, "email"), _text(each, "sid")))))
            for each in about[":submitters"]
            if isinstance(each, dict)
        )
        when = about.get(":created_at")
        items.append(
            Item(
                source=name,
                who=who or (Who(name=name),),
                key=name,
                files=tuple(own),
                submitted_at=_utc(when) if isinstance(when, datetime) else None,
            )
        )
    return Taken(items=items, others=others)


def _metadata(place: Path, entry: Entry) -> dict[str, dict[str, Any]]:
    """Read Gradescope's YAML, if its size and depth are those of a class."""
    if importlib.util.find_spec("yaml") is None:
        raise UsageError("Gradescope's metadata needs the extra `instructor`: pip install 'numgrade[instructor]'")
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if entry.size > MAX_METADATA:
            raise UsageError(f"{place}: {METADATA} has {entry.size:,} bytes, more than any class needs")
        text = entry.read().decode("utf-8")
        depth = 0
        for token in yaml.scan(text, Loader=loader):
            depth += isinstance(token, (yaml.BlockMappingStartToken, yaml.BlockSequenceStartToken))
            depth += isinstance(token, (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken))
            depth -= isinstance(token, (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken))
            # A merge copies what it refers to: a few lines could stand for gigabytes.
            if depth > MAX_NESTED or (isinstance(token, yaml.ScalarToken) and token.value == "<<"):
                raise UsageError(
                    f"{place}: {METADATA} has nested or merged entries, which Gradescope doesn't write; refused"
                )
        found = yaml.load(text, Loader=loader)  # a safe one
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise UsageError(f"{place}: {METADATA} can't be read: {' '.join(str(error).split())[:200]}") from error
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise UsageError(f"{place}: {METADATA} is not what Gradescope writes; expected a table per submission")
    without = [name for name, about in found.items() if not isinstance(about.get(":submitters"), list)]
    if without:
        raise UsageError(f"{place}: {METADATA} has no :submitters for {without[0]!r}")
    return {str(name): about for name, about in found.items()}


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(f":{name}")
    return str(value) if isinstance(value, str | int) else ""


def _utc(when: datetime) -> datetime:
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)


# ---- GitHub Classroom


def _classroom(download: Download, sheet: Sheet | None, zone: tzinfo) -> Taken:
    files: dict[str, list[File]] = defaultdict(list)
    others = []
    assignment = CLASSROOM.fullmatch(download.place.resolve().name)
    for entry in download.entries:
        named = [found for step in entry.steps[:-1] if (found := CLASSROOM.fullmatch(step))]
        at = entry.steps.index(named[0][0]) + 1 if named else 0
        assignment = named[0] if named else assignment
        if len(entry.steps) < at + 2:
            others.append("/".join(entry.steps))
        else:
            files[entry.steps[at]].append((entry.steps[at + 1 :], entry))
    known = {} if sheet is None else _classroom_sheet(sheet, zone)
    prefix = f"{assignment['assignment']}-" if assignment else _prefix([*files])
    items = []
    for name, inside in files.items():
        login = name.removeprefix(prefix)
        who, when = known.get(name, ((Who(name=login, ids=(login,)),), None))
        items.append(Item(source=name, who=who, key=name, files=tuple(inside), submitted_at=when))
    return Taken(items=items, others=others)


def _prefix(names: list[str]) -> str:
    """Return the common beginning of all repositories' names, up to a hyphen: the assignment's name."""
    least, most = min(names, default=""), max(names, default="")
    same = next((n for n, (one, other) in enumerate(zip(least, most, strict=False)) if one != other), len(least))
    return least[: least[:same].rfind("-") + 1]


def _classroom_sheet(sheet: Sheet, zone: tzinfo) -> dict[str, tuple[tuple[Who, ...], datetime | None]]:
    """Read the grades that GitHub Classroom exports: a row per student, several of whom may share a repository."""
    name = sheet.require("student_repository_name", "student_repository_name")
    login = sheet.require("github_username", "github_username")
    sheet.require_unique(login)
    identifier, time = sheet.column("roster_identifier"), sheet.column("submission_timestamp")
    found: dict[str, tuple[tuple[Who, ...], datetime | None]] = {}
    for row in sheet.rows:
        known = row[identifier] if identifier is not None else ""
        who = Who(name=known or row[login], ids=tuple(filter(None, (known, row[login]))))
        before, _ = found.get(row[name], ((), None))
        found[row[name]] = (*before, who), read_date(row[time], zone) if time is not None else None
    return found


SYSTEMS: dict[str, System] = {
    "moodle": System(take=_moodle, sheet="the grading worksheet of the assignment", dated=True),
    "canvas": System(take=_canvas, sheet="the exported gradebook"),
    "gradescope": System(take=_gradescope, sheet=""),
    "classroom": System(take=_classroom, sheet="the grades that GitHub Classroom exports", dated=True, links=True),
}


def recognize(place: Path) -> str:
    """Return the system that a zip or a folder seems to come from, or an empty text."""
    try:
        name, folders, files = _top(place)
        if len(folders) == 1 and place.is_dir() and not _system(name, folders, files):
            name, folders, files = _top(place / folders[0])
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    return _system(name, folders, files)


def _system(name: str, folders: Sequence[str], files: Sequence[str]) -> str:
    """Return the system that uses these names of folders and files side by side, in a folder of a given name."""
    if METADATA in files:
        return "gradescope"
    if any(MOODLE.fullmatch(each) for each in (*folders, *files)):
        return "moodle"
    assignment = CLASSROOM.fullmatch(name)
    if assignment and folders and all(each.startswith(f"{assignment['assignment']}-") for each in folders):
        return "classroom"
    like = sum(1 for each in files if CANVAS.fullmatch(each) or CANVAS_TEXT.fullmatch(each))
    return "canvas" if not folders and 2 * like > len(files) else ""


def _top(place: Path) -> tuple[str, list[str], list[str]]:
    """Return the name and the first entries of a folder; of a zip, those of its only top folder, if there is one."""
    if place.is_dir():
        with os.scandir(place) as found:
            entries = [each for each in islice(found, MAX_LOOKED_AT) if not each.name.startswith((".", "__"))]
        folders = [each.name for each in entries if each.is_dir(follow_symlinks=False)]
        return place.name, folders, [each.name for each in entries if each.name not in folders]
    with zipfile.ZipFile(place) as packed:
        paths = [name.split("/") for name in packed.namelist()[:MAX_LOOKED_AT] if not name.startswith("__MACOSX")]
    name = place.stem
    while len({steps[0] for steps in paths}) == 1 and all(len(steps) > 1 for steps in paths):
        if MOODLE.fullmatch(paths[0][0]):
            break
        name, paths = paths[0][0], [steps[1:] for steps in paths if steps[1:] != [""]]
    return (
        name,
        list(dict.fromkeys(steps[0] for steps in paths if len(steps) > 1)),
        [steps[0] for steps in paths if len(steps) == 1],
    )


# ---- dates as systems write them for people, in many languages


def read_date(text: str, zone: tzinfo) -> datetime | None:
    """Return the date and time in a text, or None if it has none.

    Examples
    --------
    >>> from datetime import UTC
    >>> read_date("Wednesday, 10 June 2026, 2:14 PM", UTC) == read_date("Mittwoch, 10. Juni 2026, 14:14", UTC)
    True
    """
    with contextlib.suppress(ValueError):
        found = datetime.fromisoformat(text.replace(" UTC", "+00:00"))
        return found if found.tzinfo is not None else found.replace(tzinfo=zone)
    time = TIME.search(text)
    date = _date(TIME.sub(" ", text))
    if time is None or date is None:
        return None
    hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
    if time[4]:
        hour = hour % 12 + 12 * (time[4] in "Pp")
    with contextlib.suppress(ValueError):
        return datetime(*date, hour, minute, second, tzinfo=zone)
    return None


def _date(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day; in dates of numbers alone, the day comes first."""
    numeric = NUMERIC.search(text)
    if numeric:
        return int(numeric[3]), int(numeric[2]), int(numeric[1])
    year = re.search(r"\b(\d{4})\b", text)
    day = re.search(r"\b(\d{1,2})\b", text)
    words = [word.casefold() for word in re.findall(r"[^\W\d_]{3,}", text)]
    months = [month for word in reversed(words) for month, names in MONTHS.items() if word.startswith(names)]
    if year is None or day is None or not months:
        return None
    return int(year[1]), months[0], int(day[1])
