"""Decide which student and which exercise each hand-in belongs to. Nothing here reads or writes a file.

Given a system's hand-ins and the roster, it returns attempts to put into students' folders, and a row for each hand-in
that says what it was taken for.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from autograder.intake.download import MAX_FILE, Entry
from autograder.intake.systems import File, Item, Who
from autograder.roster import Roster, RosterStudent

HANDED_OUT = ("public_checks.py", "requirements.txt")  # files that students got, and submit again
# Additions of browsers, desktops and systems to the name of a copy, as in `grade`, and Canvas's own `-1`.
COPY = re.compile(
    r"(?:copy of )?(?P<name>[^\W\d]\w*?)(?: ?\(\d+\)|-\d+| ?-? ?copy(?: ?\(\d+\)| ?\d+)?)*"
    r"(?P<suffix>\.py|\.ipynb|\.zip)(?:\.txt|\.json)?",
    re.IGNORECASE,
)
MAX_NAME, MAX_BYTES = 100, 180  # characters and bytes of a folder's name that is made from a student's name
SAME_NAME = "several students have this name: a sheet with their e-mail addresses (--sheet) tells them apart"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """What one hand-in of a download was taken for; without an exercise, it was not imported, and the note says why."""

    source: str
    student: str
    exercise: str
    submitted_at: datetime | None
    late: bool
    files: tuple[str, ...]
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One attempt to put into one student's folder."""

    item: Item
    student: str
    exercise: str
    files: tuple[File, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Claim:
    """Somebody who has submitted an item: the students in the roster who it can be, and the evidence."""

    item: Item
    who: Who
    known: tuple[RosterStudent, ...]
    by: Literal["id", "group", "name"]

    @property
    def certain(self) -> bool:
        return self.by == "group" or len(self.known) == 1

    @property
    def identity(self) -> tuple[str, ...]:
        return self.who.ids or (self.item.key,)


def assign(
    items: Sequence[Item], exercises: Sequence[str], exercise: str, roster: Roster
) -> tuple[list[Attempt], list[Row]]:
    """Return the attempts in all hand-ins, and what each hand-in was taken for.

    Parameters
    ----------
    items
        The hand-ins.
    exercises
        The course's exercises; files are recognized by their names.
    exercise
        The one exercise that everything is for, whatever its files are called; or an empty text, where names of files
        say it.
    roster
        Who is in the course: it says which folder is whose.
    """
    attempts: list[Attempt] = []
    rows: list[Row] = []
    by_name = {id(item): _named(item, (exercise,) if exercise else exercises) for item in items}
    only = exercise or _only_one([*by_name.values()])
    for item, students, about in _students(items, roster):
        found, renamed = by_name[id(item)], ""
        if not found and only:
            found, renamed = _otherwise(item, only)
        if not found:
            names = ", ".join("/".join(steps) for steps, _ in item.files[:3])
            note = "; ".join(filter(None, (f"no file of an exercise: {names}" if names else "no file", about)))
            rows += [_row(item, student, "", (), note) for student in students]
        for name, files in found.items():
            kept = tuple((steps, entry) for steps, entry in files if entry.size <= MAX_FILE)
            large = f"a file of more than {MAX_FILE // 2**20} MiB, which was skipped" if len(kept) < len(files) else ""
            note = "; ".join(filter(None, (renamed, large, about)))
            for student in students:
                attempts += _attempts(item, student, name, kept)
                rows.append(_row(item, student, name if kept else "", kept, note))
    return attempts, rows


def _students(items: Sequence[Item], roster: Roster) -> Iterator[tuple[Item, list[str], str]]:
    """Yield each hand-in with the folders of its students, and a note on it."""
    claims = [_claim(item, who, roster) for item in items for who in item.who]
    # Two hand-ins that match the same student by name alone are from two people; so are two with the same name.
    claimants: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for claim in claims:
        if claim.by == "name" and len(claim.known) == 1:
            claimants[claim.known[0].folder].add(claim.identity)
    # Somebody's name may be another student's name and number.
    named: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for claim in claims:
        for name in (folder_name(claim.who.name), _numbered(claim)):
            named[name].add(claim.identity)
    for item in items:
        folders: list[str] = []
        notes = []
        for claim in (each for each in claims if each.item is item):
            contested = claim.by == "name" and len(claim.known) == 1 and len(claimants[claim.known[0].folder]) > 1
            if claim.certain and not contested:
                folders += [student.folder for student in claim.known]
                continue
            name = folder_name(claim.who.name)
            alone = len(named[name]) == 1 and name not in roster.by_folder
            folders.append(name if alone else _free(_numbered(claim), roster))
            notes.append(_doubt(claim, roster, alone=alone))
        unique = list(dict.fromkeys(folders))
        notes += [f"group of {len(unique)}"] if len(unique) > 1 else []
        yield item, unique, "; ".join(filter(None, dict.fromkeys(notes)))


def _numbered(claim: _Claim) -> str:
    """Return a folder's name made of a name and the ID that distinguishes it from others of that name."""
    number = folder_name(claim.identity[0])
    return f"{folder_name(claim.who.name, spared=len(number.encode()) + 1)} {number}"


def _free(name: str, roster: Roster) -> str:
    """Return a folder's name that is not in the roster."""
    while name in roster.by_folder:
        name += "-"
    return name


def _claim(item: Item, who: Who, roster: Roster) -> _Claim:
    """Return the students in the roster who a student of a system can be."""
    known = roster.with_id(*who.ids)
    if known:
        return _Claim(item=item, who=who, known=tuple(known), by="id")
    group = next((found for name in (who.name, *who.ids) if (found := roster.with_group(name))), [])
    if group:
        return _Claim(item=item, who=who, known=tuple(group), by="group")
    parts = who.name.split("-")  # Moodle writes a group before a name
    names = ("-".join(parts[start:]) for start in range(len(parts)))
    found = next((found for name in names if (found := roster.with_name(name))), [])
    return _Claim(item=item, who=who, known=tuple(found), by="name")


def _doubt(claim: _Claim, roster: Roster, *, alone: bool) -> str:
    if claim.known:
        return SAME_NAME
    if roster.students:
        return "not in the roster"
    return "" if alone else SAME_NAME


def folder_name(name: str, *, spared: int = 0) -> str:
    """Return a name as that of a folder: one step, not hidden, of bounded length, with `spared` characters left for an
    addition.

    Examples
    --------
    >>> folder_name("../Ada / Lovelace")
    '-Ada - Lovelace'
    """
    text = unicodedata.normalize("NFC", name)
    text = "".join(each if each.isprintable() and each not in '/\\:*?"<>|' else "-" for each in text)
    text = text.strip().lstrip(".")[: max(0, MAX_NAME - spared)]
    text = text.encode()[: max(0, MAX_BYTES - spared)].decode("utf-8", "ignore")
    return text.strip(" .") or "unnamed"


def _named(item: Item, exercises: Sequence[str]) -> dict[str, tuple[File, ...]]:
    """Return a hand-in's files by the exercise that they are named after."""
    found: dict[str, list[File]] = defaultdict(list)
    for steps, entry in item.files:
        match = COPY.fullmatch(steps[-1])
        for name in exercises:
            if match and match["name"].casefold() == name.casefold():
                found[name].append((steps, entry))
    return {name: _nearest(name, files) for name, files in found.items()}


def _only_one(found: Sequence[Mapping[str, object]]) -> str:
    """Return the exercise of a download, if most of its hand-ins have files of one exercise and none has files of
    another.
    """
    names = {name for each in found for name in each}
    return names.pop() if len(names) == 1 and 2 * sum(map(bool, found)) > len(found) else ""


def _otherwise(item: Item, exercise: str) -> tuple[dict[str, tuple[File, ...]], str]:
    """Return the files that can only be meant for an exercise, and their names.

    That is the only Python file and the only notebook, or else the only zip.
    """
    own = [(steps, entry) for steps, entry in item.files if steps[-1] not in HANDED_OUT]
    for suffixes in ((".py", ".ipynb"), (".zip",)):
        taken: list[File] = []
        for suffix in suffixes:
            alike = [entry for steps, entry in own if steps[-1].lower().endswith(suffix)]
            taken += [((f"{exercise}{suffix}",), entry) for entry in alike] if len(alike) == 1 else []
        if taken:
            names = " and ".join(entry.name for _, entry in taken)
            return {exercise: tuple(taken)}, f"{names} was taken as {' and '.join(steps[0] for steps, _ in taken)}"
    return {}, ""


def _nearest(exercise: str, files: list[File]) -> tuple[File, ...]:
    """Return the files in a folder named after the exercise, if there is one, or else those that are least deep."""
    inside = [each for each in files if len(each[0]) > 1 and each[0][-2].casefold() == exercise.casefold()]
    chosen = inside or files
    least = min(len(steps) for steps, _ in chosen)
    return tuple(each for each in chosen if len(each[0]) == least)


def _attempts(item: Item, student: str, exercise: str, files: Sequence[File]) -> Iterator[Attempt]:
    """Yield the attempts in a hand-in's files: one, or several if the system keeps earlier ones."""
    if not files:
        return
    if not item.ordered:
        names = Counter(steps[-1] for steps, _ in files)
        folders = {folder_name(steps[0]) for steps, _ in files if names[steps[-1]] > 1}
        laid = tuple(
            (steps[-1:] if names[steps[-1]] == 1 and steps[-1] not in folders else steps, entry)
            for steps, entry in files
        )
        yield Attempt(item=item, student=student, exercise=exercise, files=laid)
        return
    kinds: dict[str, list[Entry]] = defaultdict(list)
    for steps, entry in files:
        match = COPY.fullmatch(steps[-1])
        own = match is not None and match["name"].casefold() == exercise.casefold()
        kinds[f"{exercise}{match['suffix'].lower()}" if match and own else steps[-1]].append(entry)
    for back in reversed(range(max(map(len, kinds.values())))):
        # The last attempt has the last file of each kind; an earlier one has the files that existed before.
        some = tuple(((name,), entries[-1 - back]) for name, entries in kinds.items() if len(entries) > back)
        yield Attempt(item=item, student=student, exercise=exercise, files=some)


def _row(item: Item, student: str, exercise: str, files: Sequence[File], note: str) -> Row:
    return Row(
        source=item.source,
        student=student,
        exercise=exercise,
        submitted_at=item.submitted_at,
        late=item.late,
        files=tuple("/".join(steps) for steps, _ in files),
        note=note,
    )
