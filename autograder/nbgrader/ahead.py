"""Grade ahead: the first submission that is asked for has all that changed graded in one go, on all cores."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from autograder.answers.library import book_files
from autograder.catalogue import Exercise
from autograder.classroom.classroom import sitting
from autograder.classroom.plan import Assigned, Classroom, NotGraded, chunks, empty_register
from autograder.classroom.roster import Student, name_of
from autograder.cores import cores
from autograder.cover import read_cover
from autograder.kinds import Level
from autograder.release.given import find_given
from autograder.report.keep import keep
from autograder.report.write import READ_RECORD
from autograder.results import Record
from autograder.store.store import open_store


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """One exercise's submissions, by one book: outcomes are made when the first of them is asked for."""

    exercise: Exercise
    seed: int
    submissions: Path
    folders: tuple[str, ...]
    at_least: Level
    store: Path
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
        classroom = Classroom(
            submissions=self.submissions,
            students=tuple(Student(folder=folder, name=name_of(folder)) for folder in folders),
            assigned=(Assigned(cover=read_cover(file), given=find_given(self.exercise, file, self.submissions)),),
            limits=(),
            at_least=self.at_least,
        )
        register, failed = empty_register(classroom), dict[int, NotGraded]()
        self.store.parent.mkdir(parents=True, exist_ok=True)
        with open_store(self.store) as store:
            with sitting(chunks(classroom, store, register), self.at_least, cores(), None) as session:
                for results in session.results:
                    keep(results, store, register, failed)
            for place, folder in enumerate(folders):
                number = register.attempts[place]
                self._outcomes[folder] = READ_RECORD(store.read(number).record) if number else failed[place]
