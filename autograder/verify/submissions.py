"""Stub, solution and variants, each graded as a submission: 0 points, and 100."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.book import Book
from autograder.catalogue import Exercise
from autograder.grade.ask import questions
from autograder.grade.grade import grade
from autograder.grade.read import Submission
from autograder.release.stub import make_stub
from autograder.results import Record
from autograder.verify.defect import Defect
from autograder.worker.slot import Slot
from autograder.worker.surround import BARE

VARIANTS = 8


def check_submissions(exercise: Exercise, book: Book) -> Iterator[Defect]:
    """Grade what must earn nothing and what must earn everything, in a real worker."""
    stub = make_stub(str(exercise.solution), exercise.solution.read_text("utf-8"))
    with Slot(book.limits, BARE) as slot:  # our own code
        asked = questions(book)

        def graded(source: bytes) -> Record:
            return grade(book, asked, Submission(student="", source=source, error=None), slot).record

        yield from _earns_nothing(exercise, graded(stub.encode()))
        yield from _earns_everything(exercise, exercise.solution.name, graded(exercise.solution.read_bytes()))
        for file in exercise.variants:
            yield from _earns_everything(exercise, f"variants/{file.name}", graded(file.read_bytes()))
    if len(exercise.variants) < VARIANTS:
        yield Defect(
            exercise=exercise.name,
            place="variants/",
            fact=f"holds {len(exercise.variants)} right submissions, expected at least {VARIANTS}",
            mend="write more, each in another style",
        )


def _earns_nothing(exercise: Exercise, record: Record) -> Iterator[Defect]:
    attempted = [check.id for check in record.checks if check.status != "not_attempted"]
    if record.score or attempted:
        yield Defect(
            exercise=exercise.name,
            place="the stub",
            fact=f"earns {record.score:g} points; attempted: {', '.join(attempted)}",
            mend="put all that answers a check between the marks of the solution",
        )


def _earns_everything(exercise: Exercise, place: str, record: Record) -> Iterator[Defect]:
    for check in record.checks:
        if check.status != "passed":
            yield Defect(
                exercise=exercise.name,
                place=place,
                fact=f"{check.id} is {check.status}: {record.error.message if record.error else check.message}",
                mend="mend the check if the code is right, else the code",
            )
        if check.diagnosis:
            yield Defect(
                exercise=exercise.name,
                place=place,
                fact=f"is diagnosed as {', '.join(check.diagnosis)}",
                mend="make the misconception differ from right code",
            )
