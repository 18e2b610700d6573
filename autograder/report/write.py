"""Results that stay: in the store as soon as they come, and from there in the files of OUT.

On disk afterwards: OUT/results.jsonl (one record per line), OUT/grades.csv (one row per student),
OUT/feedback/<student>/<exercise>.txt, and for instructors only OUT/notes.txt: what submissions printed and raised.
Each file is written elsewhere and moved into place when it is complete, so that nobody ever reads half of one. All are
for their owner alone.
"""

from __future__ import annotations

import contextlib
import csv
import math
import os
import shutil
import statistics
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from autograder.classroom import Classroom, NotGraded, Result
from autograder.printable import csv_cell, natural_order, printable
from autograder.private import make_private_file, make_private_folder
from autograder.report.fold import folded
from autograder.report.text import feedback, points
from autograder.results import Level, Note, Record
from autograder.store import Attempt, Store, is_reusable

FEEDBACK = "feedback"  # the folder of students' folders
FILES = ("results.jsonl", "notes.txt", "grades.csv")
DRAFTS = ".drafts-"  # and a process id: the folder of files that are not yet complete
HARDEST = 3  # checks that a summary names
MAX_NOTES = 16_000  # characters that are kept of what one submission printed and raised
LINE_COST = 40  # characters that a line counts more than it has: empty ones take room, too
read_record = msgspec.json.Decoder(Record).decode
read_notes = msgspec.json.Decoder(tuple[Note, ...]).decode


@dataclass(kw_only=True, slots=True)
class ExerciseSummary:
    """An exercise at a glance, from its records.

    Attributes
    ----------
    exercise
        Its name.
    scores
        The scores of the submissions that could be graded.
    judged, missed
        How many times each check was judged, and how many times it was not passed.
    errors
        Student, kind and message of each submission that could not be graded.
    notes
        Student and message of each submission that was read otherwise than expected.
    levels
        The isolation levels at which student code was confined.
    """

    exercise: str
    scores: list[float] = field(default_factory=list)
    judged: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    levels: set[Level] = field(default_factory=set)

    def add(self, record: Record) -> None:
        """Include one record; a submission that could not be graded does not count for mean and median."""
        self.levels.add(record.isolation)
        if record.note:
            self.notes.append((record.student, record.note))
        if record.error:
            self.errors.append((record.student, record.error.kind, record.error.message))
            return
        self.scores.append(record.score)
        for check in record.checks:
            self.judged[check.id] += 1
            self.missed[check.id] += check.status != "passed"

    @property
    def mean(self) -> float | None:
        """The mean score."""
        return statistics.fmean(self.scores) if self.scores else None

    @property
    def median(self) -> float | None:
        """The median score."""
        return statistics.median(self.scores) if self.scores else None

    def hardest(self) -> list[tuple[str, float]]:
        """Return the checks that the fewest submissions passed, with the share that did."""
        worst = sorted(self.missed.items(), key=lambda item: (-item[1] / self.judged[item[0]], item[0]))
        return [(name, 1 - missed / self.judged[name]) for name, missed in worst[:HARDEST] if missed]


def persist(results: Sequence[Result], store: Store) -> dict[int, int]:
    """Store results in one transaction."""
    attempts = {}
    for result in results:
        if isinstance(result.outcome, NotGraded):
            continue
        record = result.outcome.record
        attempts[result.task.index] = Attempt(
            student=record.student,
            exercise=record.exercise,
            key=result.task.key,
            isolation=record.isolation,
            reusable=is_reusable(record),
            record=msgspec.json.encode(record),
            notes=msgspec.json.encode(bounded_notes(result.outcome.notes)),
            feedback=feedback(record),
        )
    return dict(zip(attempts, store.add(attempts.values()), strict=True))


def bounded_notes(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Return the notes on a submission with equal texts once, and no more of them than a person would read.

    Checks with the same texts share a note, and a text that an earlier note has is left out.
    """
    checks: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for note in notes:
        checks.setdefault((note.printed, tuple(dict.fromkeys(note.raised))), []).append(note.check)
    seen: set[str] = set()
    room, bounded = MAX_NOTES, []
    for (printed, raised), names in checks.items():
        kept = []
        for text in (*raised, printed):
            cut = "" if text in seen or room <= 0 else _cut(text, room)
            room -= _cost(text) if cut else 0
            seen.add(text)
            kept.append(cut)
        bounded.append(Note(check=", ".join(names), printed=kept[-1], raised=tuple(filter(None, kept[:-1]))))
    return tuple(bounded)


def _cut(text: str, room: int) -> str:
    """Return as many lines of a text as there is room for."""
    if _cost(text) <= room:
        return text
    lines = []
    for line in text.splitlines():
        room -= len(line) + LINE_COST
        if room < 0:
            break
        lines.append(line)
    return "\n".join([*lines, "..."])


def _cost(text: str) -> int:
    return len(text) + LINE_COST * len(text.splitlines())


def write_results(
    output: Path, classroom: Classroom, store: Store, numbers: Mapping[int, int]
) -> list[ExerciseSummary]:
    """Write all files of a class from the store."""
    summaries = [ExerciseSummary(exercise=exercise.name) for exercise in classroom.exercises]
    scores = array("d", [math.nan]) * classroom.size
    with _drafts(output) as drafts:
        for name in FILES:
            make_private_file(drafts / name)
        with (drafts / "results.jsonl").open("wb") as lines, (drafts / "notes.txt").open("w", encoding="utf-8") as said:
            for index in range(classroom.size):
                exercise, student = classroom.locate(index)
                file = f"{output}/{FEEDBACK}/{student.folder}/{exercise.name}.txt"
                if index not in numbers:
                    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                        os.unlink(file)  # noqa: PTH108  # a path is text here, for speed
                    continue
                attempt = store.read(numbers[index])
                record = read_record(attempt.record)
                lines.write(attempt.record + b"\n")
                said.writelines(_notes(record, read_notes(attempt.notes)))
                _write_feedback(file, attempt.feedback.encode(), drafts)
                scores[index] = record.score
                summaries[index // len(classroom.students)].add(record)
        _write_grades(drafts / "grades.csv", classroom, scores)
        for name in FILES:
            (drafts / name).replace(output / name)
    return summaries


@contextlib.contextmanager
def _drafts(output: Path) -> Iterator[Path]:
    """Provide a folder for incomplete files; what killed graders left in such folders is removed."""
    for folder in output.glob(f"{DRAFTS}*"):
        process = folder.name.removeprefix(DRAFTS)
        if process.isdecimal() and not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)
    drafts = output / f"{DRAFTS}{os.getpid()}"
    make_private_folder(drafts)
    try:
        yield drafts
    finally:
        shutil.rmtree(drafts, ignore_errors=True)


def _write_feedback(file: str, text: bytes, drafts: Path) -> None:
    """Write a student's feedback, unless it is there already: in a class graded again, most of it is."""
    with contextlib.suppress(OSError), open(file, "rb") as existing:  # noqa: PTH123  # a path is text here, for speed
        if existing.read(len(text) + 1) == text:
            return
    draft = drafts / "feedback.txt"
    make_private_file(draft)
    draft.write_bytes(text)
    try:
        draft.replace(file)
    except FileNotFoundError:  # the student's folder is missing
        make_private_folder(Path(file).parent)
        draft.replace(file)


def _notes(record: Record, notes: Sequence[Note]) -> Iterator[str]:
    """Yield the lines on what a submission printed and raised, each marked as the student's and safe to print."""
    if not notes:
        return
    yield f"== {printable(record.student)}, {record.exercise}\n"
    for note in notes:
        yield f"{note.check}\n"
        said = [("raised", text) for text in note.raised] + [("printed", note.printed)]
        for what, text in said:
            yield from (f"  {what}: {printable(line)}\n" for line in folded(text.splitlines()))
    yield "\n"


def _write_grades(file: Path, classroom: Classroom, scores: Sequence[float]) -> None:
    """Write a table with a row per student and a column per exercise; a cell is empty if there is no result.

    Spreadsheets need the mark at its beginning to read a name in UTF-8.
    """
    with file.open("w", newline="", encoding="utf-8-sig") as table:
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(["student", *(exercise.name for exercise in classroom.exercises), "total"])
        students = sorted(enumerate(classroom.students), key=lambda each: natural_order(each[1].name))
        for number, student in students:
            own = scores[number :: len(classroom.students)]
            cells = ["" if math.isnan(score) else points(score) for score in own]
            rows.writerow(
                [csv_cell(student.name), *cells, points(sum(score for score in own if not math.isnan(score)))]
            )
