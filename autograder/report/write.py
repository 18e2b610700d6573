"""Write a class's results: `results.jsonl`, `grades.csv`, and one feedback file a submission.

On disk afterwards: OUT/results.jsonl (a record a line), OUT/grades.csv (a row a student),
OUT/<student>/<exercise>.txt, and, for instructors alone, OUT/notes.txt: what submissions printed and raised.
Each is written elsewhere and put in its place when it is whole: whoever reads one, or ends us, finds no half of it.
"""

from __future__ import annotations

import contextlib
import csv
import math
import os
import shutil
from array import array
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from autograder.classroom.plan import Classroom
from autograder.report.feedback import points
from autograder.report.notes import notes
from autograder.results import Note, Record
from autograder.store.store import Attempt

DRAFTS = ".drafts-"  # and a process id: where files lie until they are whole
READ_RECORD = msgspec.json.Decoder(Record).decode
READ_NOTES = msgspec.json.Decoder(tuple[Note, ...]).decode


class ResultsWriter:
    """Writes attempts in the order of their places; what is one file for all of them appears at the end."""

    def __init__(self, output: Path, classroom: Classroom) -> None:
        self._output = output
        self._classroom = classroom
        self._scores = array("d", [math.nan]) * classroom.size
        self._folders: set[str] = set()

    def __enter__(self) -> Self:
        _remove_left_drafts(self._output)
        self._drafts = self._output / f"{DRAFTS}{os.getpid()}"
        self._drafts.mkdir(parents=True)
        self._lines = (self._drafts / "results.jsonl").open("wb")
        self._notes = (self._drafts / "notes.txt").open("w", encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for file in (self._lines, self._notes):
                with contextlib.nullcontext() if kind is None else contextlib.suppress(OSError):
                    file.close()  # what it still holds may not fit on the disk either
            if kind is None:
                self._write_grades()
                for name in ("results.jsonl", "notes.txt", "grades.csv"):
                    (self._drafts / name).replace(self._output / name)
        finally:
            shutil.rmtree(self._drafts, ignore_errors=True)

    def write(self, place: int, attempt: Attempt) -> Record:
        """Write one attempt's record, its student's feedback, and what is to be noted for instructors."""
        record = READ_RECORD(attempt.record)
        self._lines.write(attempt.record + b"\n")
        self._notes.writelines(notes(record, READ_NOTES(attempt.notes)))
        self._scores[place] = record.score
        self._write_feedback(self._feedback(place), attempt.feedback.encode())
        return record

    def leave_out(self, place: int) -> None:
        """Take away the feedback on an earlier attempt, where there is none that stands."""
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(self._feedback(place))  # noqa: PTH108  # a path is text here, for speed

    def _feedback(self, place: int) -> str:
        exercise, student = divmod(place, len(self._classroom.students))
        name, folder = self._classroom.names[exercise], self._classroom.students[student].folder
        return f"{self._output}/{folder}/{name}.txt"

    def _write_feedback(self, place: str, text: bytes) -> None:
        """Leave a file alone that is as it should be: most are, where most of a class is unchanged."""
        with contextlib.suppress(OSError), open(place, "rb") as file:  # noqa: PTH123
            if file.read(len(text) + 1) == text:
                return
        folder = place.rpartition("/")[0]
        if folder not in self._folders:
            Path(folder).mkdir(exist_ok=True)
            self._folders.add(folder)
        draft = self._drafts / "feedback.txt"
        draft.write_bytes(text)
        draft.replace(place)

    def _write_grades(self) -> None:
        names = self._classroom.names
        students = self._classroom.students
        with (self._drafts / "grades.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["student", *names, "total"])
            for number, student in enumerate(students):
                scores = self._scores[number :: len(students)]
                cells = ["" if math.isnan(score) else points(score) for score in scores]
                rows.writerow([student.name, *cells, points(sum(score for score in scores if not math.isnan(score)))])


def _remove_left_drafts(output: Path) -> None:
    """Take away what graders left that were killed here."""
    for folder in output.glob(f"{DRAFTS}*"):
        process = folder.name.removeprefix(DRAFTS)
        if process.isdecimal() and not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)
