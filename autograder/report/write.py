"""Results that stay: in the store as soon as they come, and from there in the files of OUT.

On disk afterwards: OUT/results.jsonl (one record per line), OUT/grades.csv (one row per student),
OUT/feedback/<student>/<exercise>.txt, and for instructors only OUT/notes.txt: what submissions printed and raised.
Each file is written elsewhere and moved into place when it is complete, so that nobody ever reads half of one.
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
from autograder.printable import printable
from autograder.report.text import feedback, points
from autograder.results import Level, Note, Record
from autograder.store import Attempt, Store, is_reusable

FEEDBACK = "feedback"  # the folder of students' folders
FILES = ("results.jsonl", "notes.txt", "grades.csv")
DRAFTS = ".drafts-"  # and a process id: the folder of files that are not yet complete
HARDEST = 3  # checks that a summary names
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
    levels
        The isolation levels at which student code was confined.
    """

    exercise: str
    scores: list[float] = field(default_factory=list)
    judged: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    levels: set[Level] = field(default_factory=set)

    def add(self, record: Record) -> None:
        """Include one record; a submission that could not be graded does not count for mean and median."""
        self.levels.add(record.isolation)
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
            notes=msgspec.json.encode(result.outcome.notes),
            feedback=feedback(record),
        )
    return dict(zip(attempts, store.add(attempts.values()), strict=True))


def write_results(
    output: Path, classroom: Classroom, store: Store, numbers: Mapping[int, int]
) -> list[ExerciseSummary]:
    """Write all files of a class from the store."""
    summaries = [ExerciseSummary(exercise=exercise.name) for exercise in classroom.exercises]
    scores = array("d", [math.nan]) * classroom.size
    with _drafts(output) as drafts:
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
    drafts.mkdir(parents=True)
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
    draft.write_bytes(text)
    try:
        draft.replace(file)
    except FileNotFoundError:  # the student's folder is missing
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        draft.replace(file)


def _notes(record: Record, notes: Sequence[Note]) -> Iterator[str]:
    """Yield the lines on what a submission printed and raised, each marked as the student's and safe to print."""
    if not notes:
        return
    yield f"== {record.student}, {record.exercise}\n"
    for note in notes:
        yield f"{note.check}\n"
        said = [("raised", text) for text in note.raised] + [("printed", note.printed)]
        for what, text in said:
            yield from (f"  {what}: {printable(line)}\n" for line in text.splitlines())
    yield "\n"


def _write_grades(file: Path, classroom: Classroom, scores: Sequence[float]) -> None:
    """Write a table with a row per student and a column per exercise; a cell is empty if there is no result."""
    with file.open("w", newline="", encoding="utf-8") as table:
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(["student", *(exercise.name for exercise in classroom.exercises), "total"])
        for number, student in enumerate(classroom.students):
            own = scores[number :: len(classroom.students)]
            cells = ["" if math.isnan(score) else points(score) for score in own]
            rows.writerow([student.name, *cells, points(sum(score for score in own if not math.isnan(score)))])
