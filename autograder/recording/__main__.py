"""Record answer keys, as `library` has it done: a request comes by standard input, since it holds a secret."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import msgspec

from autograder.course import CourseError, ExerciseFolder, find_exercises
from autograder.course_key import HANDED_OUT, CourseKey
from autograder.key import AnswerKey, read_key, write_key
from autograder.private import make_private_file, make_private_folder
from autograder.recording.library import DONE, ERROR, Request, key_file
from autograder.recording.record import record


def main() -> int:
    """Record and keep a key for each exercise, several at a time."""
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    exercises = find_exercises(Path(request.root), list(request.exercises))
    with ProcessPoolExecutor(min(len(exercises), os.cpu_count() or 1)) as pool:
        tasks = {pool.submit(_record, exercise, request.course_key): exercise.name for exercise in exercises}
        for task in as_completed(tasks):
            print(f"\n{DONE}{tasks[task]}", flush=True)  # on a line of its own, whatever a reference printed last
    errors = [error for error in (task.exception() for task in tasks) if error is not None]
    for error in errors:
        if not isinstance(error, CourseError):
            raise error
        print(f"{ERROR}{' '.join(str(error).splitlines())}", file=sys.stderr)
    return 1 if errors else 0


def _record(exercise: ExerciseFolder, course_key: CourseKey) -> None:
    """Record the key that students get, if it is not there yet, and with it that of a course."""
    students = key_file(exercise, HANDED_OUT)
    if not students.is_file():
        _keep(record(exercise, HANDED_OUT), students)
    if course_key != HANDED_OUT:
        handed_out = read_key(students).checks
        key = msgspec.structs.replace(record(exercise, course_key), handed_out=handed_out)
        _keep(key, key_file(exercise, course_key))


def _keep(key: AnswerKey, file: Path) -> None:
    """Write a key; the file appears only when it is whole, and is its owner's alone."""
    make_private_folder(file.parent)
    partial = file.with_suffix(f".{os.getpid()}")
    make_private_file(partial)
    write_key(key, partial)
    partial.replace(file)


if __name__ == "__main__":
    sys.exit(main())
