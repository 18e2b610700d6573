"""Grade ahead: the first submission that is asked for has all that changed graded in one go, on all cores."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from autograder.answers.library import book_files
from autograder.catalogue import Exercise
from autograder.classroom.classroom import sitting
from autograder.classroom.plan import Assigned, Classroom, NotGraded, chunks, empty_register
from autograder.classroom.roster import Student, name_of
from autograder.cover import read_cover
from autograder.grade.grade import Graded
from autograder.grade.handed_in import read_handed_in
from autograder.nbgrader.store import Store, key_of
from autograder.release.given import find_given
from autograder.report.notes import notes
from autograder.results import Level, Record


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """One exercise's submissions, by one book: outcomes are made when the first of them is asked for."""

    exercise: Exercise
    seed: int
    submissions: Path
    folders: tuple[str, ...]
    at_least: Level
    store: Store
    _outcomes: dict[str, Record | NotGraded] = field(default_factory=dict)

    def outcome(self, folder: str) -> Record | NotGraded:
        """Return a student's outcome; what fails on our side is no student's zero."""
        if folder not in self._outcomes:
            try:
                self._grade(tuple(dict.fromkeys((folder, *self.folders))))
            except Exception as error:  # noqa: BLE001  # whatever it is, the submission waits for a person, not the class for it
                return NotGraded(
                    student=name_of(folder), exercise=self.exercise.name, reason=f"{type(error).__name__}: {error}"
                )
        return self._outcomes[folder]

    def _grade(self, folders: tuple[str, ...]) -> None:
        (file,) = book_files([self.exercise], self.seed)
        given = find_given(self.exercise, file, self.submissions)
        keys: dict[str, str] = {}
        for folder in folders:
            keys[folder] = key_of(read_handed_in(self.submissions, folder, self.exercise.name, given), file)
            if record := self.store.find(keys[folder]):
                self._outcomes[folder] = msgspec.structs.replace(record, student=name_of(folder))
        left = [folder for folder in folders if folder not in self._outcomes]
        students = tuple(Student(folder=folder, name=name_of(folder)) for folder in left)
        classroom = Classroom(
            submissions=self.submissions,
            students=students,
            assigned=(Assigned(cover=read_cover(file), given=given),),
            limits=(),
            at_least=self.at_least,
        )
        todo = chunks(classroom, None, empty_register(classroom))
        with sitting(todo, self.at_least, _cores(), None) as session:
            for paper, outcome in (result for results in session.results for result in results):
                self._keep(left[paper.place], keys, outcome)

    def _keep(self, folder: str, keys: dict[str, str], outcome: Graded | NotGraded) -> None:
        if isinstance(outcome, NotGraded):
            self._outcomes[folder] = outcome
            return
        self._outcomes[folder] = outcome.record
        self.store.keep(keys[folder], outcome.record)
        self.store.note(notes(outcome.record, outcome.notes))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
