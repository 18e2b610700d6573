"""Record answer keys: `python -m autograder.recording ROOT SEED EXERCISE...`, as `library` runs it."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from autograder.course import CourseError, ExerciseFolder, find_exercises
from autograder.key import write_key
from autograder.recording.library import ERROR, key_file
from autograder.recording.record import record


def main(root: str, seed: str, *names: str) -> int:
    """Record and keep a key for each exercise, several at a time."""
    exercises = find_exercises(Path(root), list(names))
    with ProcessPoolExecutor(min(len(exercises), os.cpu_count() or 1)) as pool:
        tasks = [pool.submit(_record, exercise, int(seed)) for exercise in exercises]
    errors = [error for error in (task.exception() for task in tasks) if error is not None]
    for error in errors:
        if not isinstance(error, CourseError):
            raise error
        print(f"{ERROR}{' '.join(str(error).splitlines())}", file=sys.stderr)
    return 1 if errors else 0


def _record(exercise: ExerciseFolder, seed: int) -> None:
    """Record one key; the file appears only when it is whole."""
    key = record(exercise, seed)
    file = key_file(exercise, seed)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}")
    write_key(key, partial)
    partial.replace(file)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
