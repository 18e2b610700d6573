"""`autograder grade`: a class, all checks; stores results, and writes grades and feedback from the store."""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.answers.library import book_files
from autograder.catalogue import Exercise, UsageError, find_exercises, find_root
from autograder.classroom.classroom import Sitting, sitting
from autograder.classroom.plan import Assigned, Classroom, NotGraded, Register, chunks, empty_register
from autograder.classroom.roster import find_students
from autograder.cli.main import STORE
from autograder.cover import read_cover
from autograder.release.given import find_given
from autograder.report.keep import keep
from autograder.report.summary import ExerciseSummary
from autograder.report.write import ResultsWriter
from autograder.store.store import Store, look_into, open_store


def run(arguments: argparse.Namespace) -> int:
    """Grade; 0 where every submission has a record, whatever the scores."""
    if importlib.util.find_spec("rich") is None:
        raise UsageError("grading a class needs the extra `instructor`: pip install 'autograder[instructor]'")
    exercises = find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise)
    files = book_files(exercises, arguments.seed)  # records what is missing, before anything else starts
    classroom = Classroom(
        submissions=arguments.submissions,
        students=tuple(find_students(arguments.submissions)),
        assigned=tuple(_assigned(*pair, arguments.submissions) for pair in zip(exercises, files, strict=True)),
        limits=tuple(arguments.limit),
        at_least=arguments.isolation,
    )
    file = arguments.store or arguments.output / STORE
    if arguments.preview:
        from autograder.cli.preview import preview

        with look_into(file) as store:
            return preview(arguments, classroom, store)
    with _told(arguments.output, "nothing was graded"):
        arguments.output.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=arguments.output).close()  # tried now: nothing is graded that can't be written
    with open_store(file) as store:
        return _grade(arguments, classroom, store)


def _assigned(exercise: Exercise, book_file: Path, submissions: Path) -> Assigned:
    return Assigned(cover=read_cover(book_file), given=find_given(exercise, book_file, submissions))


def _grade(arguments: argparse.Namespace, classroom: Classroom, store: Store) -> int:
    from autograder.report.screen import show, watch

    register = empty_register(classroom)
    failed: dict[int, NotGraded] = {}
    todo = chunks(classroom, None if arguments.force else store, register)
    try:
        with sitting(todo, classroom.at_least, arguments.jobs, arguments.scheduler) as session:
            for results in watch(session.results, register):
                keep(results, store, register, failed)
        store.let_stand(register.attempts[place] for place in register.reverted)
        with _told(arguments.output, f"what was graded is kept in {store.file}"):
            written = _write(arguments.output, classroom, store, register)
    except KeyboardInterrupt as interruption:
        raise KeyboardInterrupt(
            f"interrupted; what was graded is kept in {store.file}. Run the command again to go on from there"
        ) from interruption
    show(list(written.values()), [failed[place] for place in sorted(failed)])
    print(_unchanged(register))
    print(f"Results, grades and feedback are in {arguments.output}")
    print(_confined(session, written.values()))
    return 1 if failed else 0


def _write(output: Path, classroom: Classroom, store: Store, register: Register) -> dict[str, ExerciseSummary]:
    """Write every file anew from the store, and return what is to be said at the end."""
    summaries = {name: ExerciseSummary(exercise=name) for name in classroom.names}
    with ResultsWriter(output, classroom) as writer:
        for place, number in enumerate(register.attempts):
            if number:
                record = writer.write(place, store.read(number))
                summaries[record.exercise].add(record)
            else:
                writer.leave_out(place)
    return summaries


def _unchanged(register: Register) -> str:
    size, unchanged = len(register.attempts), register.unchanged
    if unchanged == size:
        return f"{unchanged:,} of {size:,} unchanged: nothing had to be graded."
    return f"{size - unchanged:,} of {size:,} graded, {unchanged:,} unchanged."


def _confined(session: Sitting, summaries: Iterable[ExerciseSummary]) -> str:
    levels = " and ".join(sorted({level for summary in summaries for level in summary.levels})) or "none"
    return f"Student code was confined {f'{session.where}: ' if session.where else 'at '}level {levels}."


@contextlib.contextmanager
def _told(output: Path, kept: str) -> Iterator[None]:
    """Turn what the file system says into one line: fact, place, next step."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"--output {output}: {error.strerror}; {kept}. "
            "Next: make room or name a folder that can be written, then run the command again"
        ) from error
