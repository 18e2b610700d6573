"""Lay hand-ins out as `autograder grade` reads them: SUBMISSIONS/<student>/<exercise>/.

Everything is unpacked first, and then moved into place, so that a download that can't be read to its end leaves nothing
behind.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

import msgspec

from autograder.course import UsageError
from autograder.intake.assign import Attempt, Row, assign, folder_name
from autograder.intake.download import MAX_TOTAL, open_download
from autograder.intake.systems import SYSTEMS, Item
from autograder.printable import printable
from autograder.private import make_private_file, make_private_folder
from autograder.roster import Roster, read_sheet
from autograder.term import ATTEMPTS, CourseFile, HandIn, attempts_folder, kept_hand_in, read_hand_ins, write_hand_ins


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What to import.

    Attributes
    ----------
    system
        The name of the system that it comes from.
    place
        The zip, or the folder into which it was unpacked.
    submissions
        The folder that gets a folder per student.
    exercises
        The course's exercises; files are recognized by their names.
    exercise
        The exercise that everything is for, whatever the names of files; or an empty text.
    sheet
        The system's own table of who has submitted, and when.
    roster
        The students of the course, and their folders.
    course
        The time zone, the due dates, and which attempt counts.
    """

    system: str
    place: Path
    submissions: Path
    exercises: tuple[str, ...]
    exercise: str
    sheet: Path | None
    roster: Roster
    course: CourseFile


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What a download was taken for: a row for each hand-in and exercise, and names that belong to no student."""

    rows: tuple[Row, ...]
    others: tuple[str, ...]
    notes: tuple[str, ...]
    absent: tuple[str, ...]  # students in the roster without a hand-in


def import_download(request: Request, *, write: bool = True) -> Imported:
    """Import a download, or only return what would be taken for what.

    Raises
    ------
    UsageError
        If the download can't be used, or has no hand-in; then nothing is written.
    """
    place, system = request.place, SYSTEMS[request.system]
    sheet = None if request.sheet is None else read_sheet(request.sheet)
    with open_download(place, links=system.links) as download:
        taken = system.take(download, sheet, request.course.timezone)
        if not taken.items:
            raise UsageError(
                f"{place}: no file in it is named as in a download from {request.system}; nothing was imported. "
                "Next: name the right system, and its original zip, or the folder into which it was unpacked"
            )
        attempts, rows = assign(taken.items, request.exercises, request.exercise, request.roster)
        if not attempts:
            raise UsageError(
                f"{place}: of {len(rows)} hand-ins, none is for one of the exercises ({', '.join(request.exercises)}): "
                f"{printable(rows[0].source)} has {printable(rows[0].note)}. Nothing was imported. Next: name the "
                "exercise with --exercise"
            )
        total = sum(entry.size for attempt in attempts for _, entry in attempt.files)
        if total > MAX_TOTAL:
            raise UsageError(f"{place}: {total:,} bytes of hand-ins, more than {MAX_TOTAL:,}; nothing was imported")
        if write:
            _write(request.submissions, attempts, request.course)
        submitted = {attempt.student for attempt in attempts}
        return Imported(
            rows=tuple(rows),
            others=(*taken.others, *download.passed_over),
            notes=(*taken.notes, *_without_times(attempts, request)),
            absent=tuple(each.folder for each in request.roster.students if each.folder not in submitted),
        )


def _write(submissions: Path, attempts: Sequence[Attempt], course: CourseFile) -> None:
    """Unpack all attempts, then put each into its place, and the one that counts where it is graded."""
    known: dict[tuple[str, str], list[HandIn]] = defaultdict(list)
    for each in read_hand_ins(submissions):
        known[each.student, each.exercise].append(each)
    for attempt in attempts:
        target = submissions / attempt.student / attempt.exercise
        if (attempt.student, attempt.exercise) not in known and os.path.lexists(target):
            raise UsageError(
                f"{target} exists, but was not made by an import; nothing was imported. Next: move it away"
            )
    was_there = submissions.exists()
    draft = submissions / ATTEMPTS / f".draft-{os.getpid()}"
    try:
        contents = [_unpack(attempt, draft / str(number)) for number, attempt in enumerate(attempts)]
    except BaseException:
        shutil.rmtree(draft if was_there else submissions, ignore_errors=True)
        raise
    changed = {}
    for number, (attempt, content) in enumerate(zip(attempts, contents, strict=True)):
        key = attempt.student, attempt.exercise
        known[key], new = _with_attempt(known[key], attempt, content)
        changed[key] = known[key]
        if new is not None:
            target = attempts_folder(submissions, new.number) / new.student / new.exercise
            shutil.rmtree(target, ignore_errors=True)
            make_private_folder(target.parent)
            (draft / str(number)).rename(target)
    shutil.rmtree(draft, ignore_errors=True)
    write_hand_ins(submissions, chain.from_iterable(known.values()))
    for (_, exercise), own in changed.items():
        _put_in_place(submissions, kept_hand_in(own, course.due.get(exercise), course.late))


def _put_in_place(submissions: Path, kept: HandIn) -> None:
    """Put the attempt that counts where it is graded."""
    target = submissions / kept.student / kept.exercise
    draft = submissions / ATTEMPTS / f".draft-{os.getpid()}"
    shutil.copytree(attempts_folder(submissions, kept.number) / kept.student / kept.exercise, draft, symlinks=True)
    make_private_folder(target.parent)
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)


def _unpack(attempt: Attempt, folder: Path) -> str:
    """Write an attempt's files into a new folder, and return a hash of their names and contents."""
    digest = hashlib.sha256()
    make_private_folder(folder)
    for steps, entry in sorted(attempt.files, key=lambda each: each[0]):
        content = entry.read()
        target = folder.joinpath(*map(folder_name, steps))
        make_private_folder(target.parent)
        make_private_file(target)
        target.write_bytes(content)
        digest.update("/".join(steps).encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()


def _with_attempt(own: list[HandIn], attempt: Attempt, content: str) -> tuple[list[HandIn], HandIn | None]:
    """Return a student's hand-ins for an exercise, and the new one, which was added unless it had been imported
    before.
    """
    when = attempt.item.submitted_at
    for each in own:
        if each.content == content and not _something_between(each, when, own):
            said = _with_more(each, attempt.item)
            return [said if other is each else other for other in own], None
    new = HandIn(
        student=attempt.student,
        exercise=attempt.exercise,
        number=max((each.number for each in own), default=0) + 1,
        content=content,
        submitted_at=when,
        late=attempt.item.late,
        source=attempt.item.source,
    )
    return [*own, new], new


def _something_between(each: HandIn, when: datetime | None, own: Sequence[HandIn]) -> bool:
    """Say whether a student submitted something else between an attempt and a time, and then returned to the
    attempt.
    """
    if each.submitted_at is None or when is None:
        return False
    first, last = sorted((each.submitted_at, when))
    return any(
        other.content != each.content and other.submitted_at is not None and first < other.submitted_at < last
        for other in own
    )


def _with_more(each: HandIn, item: Item) -> HandIn:
    """Return a hand-in with the facts from another import of it; the earliest time counts."""
    times = [when for when in (each.submitted_at, item.submitted_at) if when is not None]
    return msgspec.structs.replace(each, submitted_at=min(times, default=None), late=each.late or item.late)


def _without_times(attempts: Sequence[Attempt], request: Request) -> list[str]:
    """Return the note that a sheet would tell when something was submitted, if due dates are set."""
    system = SYSTEMS[request.system]
    due = any(each.exercise in request.course.due and each.item.submitted_at is None for each in attempts)
    if not due or not system.dated or request.sheet is not None:
        return []
    return [f"The times of submission are not known, so nobody is late. Next: name {system.sheet} with --sheet."]
