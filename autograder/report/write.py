"""Write a class's results: `results.jsonl`, `grades.csv`, and one feedback file a submission.

On disk afterwards: OUT/results.jsonl (a record a line), OUT/grades.csv (a row a student),
OUT/<student>/<exercise>.txt, and, for instructors alone, OUT/notes.txt: what submissions printed and raised.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from autograder.classroom.roster import Student
from autograder.grade.grade import Graded
from autograder.report.feedback import feedback, points
from autograder.report.notes import notes


class ResultsWriter:
    """Writes records as they come; `grades.csv` at the end, when every row is known."""

    def __init__(self, output: Path, students: Sequence[Student], exercises: Sequence[str]) -> None:
        self._output = output
        self._folders = {student.name: student.folder for student in students}
        self._exercises = exercises
        self._scores: dict[str, dict[str, float]] = {student.name: {} for student in students}
        output.mkdir(parents=True, exist_ok=True)
        self._lines = (output / "results.jsonl").open("wb")
        self._notes = (output / "notes.txt").open("w", encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.close()
        self._notes.close()
        if kind is None:
            self._write_grades()

    def write(self, graded: Graded) -> None:
        """Write one record, its student's feedback, and what is to be noted for instructors."""
        record = graded.record
        self._notes.writelines(notes(record, graded.notes))
        self._lines.write(msgspec.json.encode(record) + b"\n")
        self._scores[record.student][record.exercise] = record.score
        folder = self._output / self._folders[record.student]
        folder.mkdir(exist_ok=True)
        (folder / f"{record.exercise}.txt").write_text(feedback(record), encoding="utf-8")

    def _write_grades(self) -> None:
        with (self._output / "grades.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["student", *self._exercises, "total"])
            for student, scores in self._scores.items():
                cells = [points(scores[name]) if name in scores else "" for name in self._exercises]
                rows.writerow([student, *cells, points(sum(scores.values()))])
