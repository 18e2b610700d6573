"""grades.csv: a row per student, a column per exercise; missing points are blank, and the last column says why."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from autograder.printable import csv_cell, natural_order, printable
from autograder.report.text import points
from autograder.results import Record
from autograder.roster import Roster
from autograder.term import Lateness

MAXIMUM = "maximum points"  # begins the row of maximum points
COMPLETE = "complete"


@dataclass(kw_only=True, slots=True)
class Grades:
    """The points of all students in all exercises.

    Attributes
    ----------
    exercises
        The columns.
    students
        The rows, in any order.
    roster
        The students of the course; with a roster, there are columns for names, sections and groups, too.
    failed
        Students and exercises that the grader itself failed to grade.
    """

    exercises: Sequence[str]
    students: Sequence[str]
    roster: Roster
    failed: Collection[tuple[str, str]] = ()
    records: dict[tuple[str, str], Record] = field(default_factory=dict)  # without their checks
    # From an earlier submission, which is not in the folder any more.
    kept: list[tuple[str, str]] = field(default_factory=list)
    maxima: dict[str, float] = field(default_factory=dict)

    def add(self, record: Record, *, kept: bool) -> None:
        """Include one record."""
        key = record.student, record.exercise
        self.records[key] = msgspec.structs.replace(record, checks=())
        self.maxima[record.exercise] = max(record.max_score, self.maxima.get(record.exercise, 0.0))
        if kept:
            self.kept.append(key)

    def missing(self, student: str) -> list[str]:
        """Return the exercises for which a student has submitted nothing."""
        return [name for name in self.exercises if self._is_missing(student, name)]

    def write(self, file: Path) -> None:
        """Write the table. Spreadsheets need the mark at its beginning to read a name in UTF-8."""
        about = [name for name in ("name", "section", "group") if any(getattr(s, name) for s in self.roster.students)]
        with file.open("w", newline="", encoding="utf-8-sig") as table:
            rows = csv.writer(table, lineterminator="\n")
            rows.writerow(["student", *about, *self.exercises, "total", "status"])
            maxima = [self.maxima.get(name, 0.0) for name in self.exercises]
            rows.writerow([MAXIMUM, *[""] * len(about), *map(points, maxima), points(sum(maxima)), ""])
            for student in sorted(self.students, key=natural_order):
                known = self.roster.of_folder(student)
                told = [csv_cell(getattr(known, name)) if known else "" for name in about]
                earned = [self._earned(student, name) for name in self.exercises]
                cells = ["" if score is None else points(round(score, 2)) for score in earned]
                there = [score for score in earned if score is not None]
                total = points(round(sum(there), 2)) if there else ""
                rows.writerow([csv_cell(student), *told, *cells, total, csv_cell(self._status(student))])

    def _earned(self, student: str, exercise: str) -> float | None:
        """Return the points that count, or None if nothing was submitted, or grading failed on our side."""
        record = self.records.get((student, exercise))
        if record is None or self._is_missing(student, exercise):
            return None
        return record.score - record.deduction

    def _is_missing(self, student: str, exercise: str) -> bool:
        record = self.records.get((student, exercise))
        if record is None:
            return (student, exercise) not in self.failed
        return record.error is not None and record.error.kind == "missing"

    def _status(self, student: str) -> str:
        """Return in words what a student's points do not tell."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.exercises:
            record = self.records.get((student, name))
            if (student, name) in self.failed:
                found["not graded yet"].append(name)
            elif record is None or self._is_missing(student, name):
                found["missing"].append(name)
            else:
                if record.error is not None:
                    found["can't be run"].append(f"{name} ({record.error.kind})")
                if record.late_days != 0:
                    found["late"].append(f"{name} ({_late(record)})")
            if (student, name) in self.kept:
                found["from an earlier submission"].append(name)
        parts = [f"{what}: {', '.join(names)}" for what, names in found.items()]
        if self.roster.students and self.roster.of_folder(student) is None:
            parts.append("not in the roster")
        return "; ".join(parts) or COMPLETE


def with_lateness(record: Record, late: Lateness) -> Record:
    """Return a record with its lateness and deduction."""
    return msgspec.structs.replace(
        record,
        submitted_at=late.submitted_at.isoformat() if late.submitted_at else "",
        late_days=late.late_days,
        deduction=min(record.score, round(record.max_score * late.share_lost, 6)),
    )


def lateness_line(record: Record) -> str:
    """Return the last line of feedback if a submission was late, or nothing."""
    if record.late_days == 0:
        return ""
    counts = f"{points(round(record.score - record.deduction, 2))} of {points(record.max_score)} points count."
    return f"\nSubmitted late: {_late(record)}. {counts}\n"


def is_step(name: str) -> bool:
    """Say whether a name from the store can be that of a folder or file of ours."""
    return name not in ("", ".", "..") and "/" not in name and "\0" not in name


def _late(record: Record) -> str:
    if record.late_days is None:
        return "by how much is not known"
    days = f"{record.late_days} day{'s' * (record.late_days != 1)}"
    return f"{days}, {points(round(record.deduction, 2))} points off" if record.deduction else days


def in_words(names: Sequence[str], most: int = 8) -> str:
    """Return names as a list in words; of many, only the first ones."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return printable(", ".join(names[:most])) + more
