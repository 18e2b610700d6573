"""The process in which `library` has answer keys recorded; its request comes on standard input, since it has a secret.

The misconceptions take longest: one process per core shares them. They run without torch, which takes a process seconds
to import, so that half as many others record the answers.
"""

from __future__ import annotations

import os
import sys
import tempfile
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from functools import cache
from pathlib import Path

import msgspec

from autograder.authoring import load_exercise
from autograder.course import CourseError, ExerciseFolder, find_exercises
from autograder.course_key import HANDED_OUT, CourseKey
from autograder.key import AnswerKey, Fingerprint, read_key, write_key
from autograder.private import make_private_file, make_private_folder
from autograder.processes import cores
from autograder.recording.fingerprints import Fingerprinter
from autograder.recording.library import DONE, ERROR, Request, key_file
from autograder.recording.record import complete, record_answers


def main() -> int:
    """Record and store a key for each exercise, and the one for students if it does not exist yet."""
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    exercises = find_exercises(Path(request.root), list(request.exercises))
    with (
        tempfile.TemporaryDirectory() as answers,
        ProcessPoolExecutor(max(1, cores() // 2)) as with_torch,
        ProcessPoolExecutor(cores()) as pool,
    ):
        recordings: list[_Recording] = []
        for exercise in exercises:
            if not key_file(exercise, HANDED_OUT).is_file():
                recordings.append(_Recording(exercise, HANDED_OUT, Path(answers), with_torch))
            if request.course_key != HANDED_OUT:
                recordings.append(_Recording(exercise, request.course_key, Path(answers), with_torch))
        for task in as_completed([recording.answers for recording in recordings]):
            next(each for each in recordings if each.answers is task).share_out(pool)
        errors: dict[str, Exception] = {}
        for recording in recordings:
            try:
                recording.keep()
            except Exception as error:  # noqa: BLE001  # raised below, after all other keys have been stored
                errors.setdefault(recording.exercise.name, error)
            if recording.course_key == request.course_key:
                # On a new line, after anything that a reference may have printed.
                print(f"\n{DONE}{recording.exercise.name}", flush=True)
    for each in errors.values():
        if not isinstance(each, CourseError):
            raise each
        print(f"{ERROR}{' '.join(str(each).splitlines())}", file=sys.stderr)
    return 1 if errors else 0


class _Recording:
    """The recording of one key: first the answers, then the fingerprints of misconceptions."""

    def __init__(
        self, exercise: ExerciseFolder, course_key: CourseKey, folder: Path, pool: ProcessPoolExecutor
    ) -> None:
        self.exercise = exercise
        self.course_key = course_key
        self._file = folder / f"{exercise.name}-{course_key.name}"
        self.answers: Future[int] = pool.submit(_record_answers, exercise, course_key, self._file)
        self._found: list[Future[list[dict[str, Fingerprint]]]] = []

    def share_out(self, pool: ProcessPoolExecutor) -> None:
        """Start with the misconceptions, once the answers are recorded."""
        if self.answers.exception() is None:
            shares = range(self.answers.result())
            self._found = [pool.submit(_fingerprints, self.exercise, self._file, share) for share in shares]

    def keep(self) -> None:
        """Write the key, once it is complete; the file appears only when it is complete, and only its owner can read
        it.
        """
        self.answers.result()
        found = [each for share in self._found for each in share.result()]
        key = complete(_fingerprinter(self.exercise, self._file), found, self.course_key)
        if self.course_key != HANDED_OUT:
            handed_out = read_key(key_file(self.exercise, HANDED_OUT)).checks
            key = msgspec.structs.replace(key, handed_out=handed_out)
        file = key_file(self.exercise, self.course_key)
        make_private_folder(file.parent)
        partial = file.with_suffix(f".{os.getpid()}")
        make_private_file(partial)
        write_key(key, partial)
        partial.replace(file)


def _record_answers(exercise: ExerciseFolder, course_key: CourseKey, file: Path) -> int:
    """Record the answers into a file, and return how many shares of misconceptions there are."""
    key, _ = record_answers(exercise, course_key)
    write_key(key, file)
    return _fingerprinter(exercise, file).shares


def _fingerprints(exercise: ExerciseFolder, answers: Path, share: int) -> list[dict[str, Fingerprint]]:
    """Return the fingerprints of a share of the misconceptions."""
    return _fingerprinter(exercise, answers).of(share)


@cache
def _fingerprinter(exercise: ExerciseFolder, answers: Path) -> Fingerprinter:
    """Return the fingerprinter, one for each process, so that inputs are drawn once, too."""
    key: AnswerKey = read_key(answers)
    return Fingerprinter(key, exercise, load_exercise(exercise.name, exercise.check_sources(), exercise.folder))


if __name__ == "__main__":
    sys.exit(main())
