"""The library of recorded keys: one file for each exercise, course key and state of the sources.

Graders get their keys here. Missing keys are recorded in a separate process, so that no grader ever imports torch.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.course import CourseError, ExerciseFolder, UsageError, hash_files
from autograder.course_key import CourseKey
from autograder.processes import KEEPS_MEMORY, ONE_THREAD

if TYPE_CHECKING:
    from autograder.key import AnswerKey

PACKAGE = Path(__file__).resolve().parents[1]
# The sources that determine the contents of a key: those that recording imports (a test compares the list).
SHAPING = (
    *("authoring/*.py", "checking/*.py", "diagnosis/*.py", "recording/*.py"),
    *("worker/__init__.py", "worker/calls.py"),
    *("__init__.py", "cells.py", "course.py", "course_key.py", "distribution.py", "key.py", "lazy.py", "limits.py"),
    *("merge.py", "printable.py", "private.py", "processes.py", "results.py", "version.py", "wire.py"),
)
SUFFIX = ".key"  # as in `key`, which needs NumPy
# Beginnings of lines about an exercise; references may print other lines.
ERROR, DONE = "autograder.recording: ", "autograder.recording is done with "
NO_TORCH = "No module named 'torch'"


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A request to the recording process."""

    root: str
    course_key: CourseKey
    exercises: tuple[str, ...]


def open_keys(exercises: Sequence[ExerciseFolder], course_key: CourseKey) -> list[AnswerKey]:
    """Return the answer key of each exercise, for a course or for students; missing ones are recorded first."""
    from autograder.key import read_key  # only now: a caller that needs the files alone does without NumPy

    return [read_key(file) for file in key_files(exercises, course_key)]


def key_files(exercises: Sequence[ExerciseFolder], course_key: CourseKey) -> list[Path]:
    """Return the file of each exercise's answer key; missing ones are recorded first."""
    files = [key_file(exercise, course_key) for exercise in exercises]
    try:
        missing = tuple(exercise.name for exercise, file in zip(exercises, files, strict=True) if not file.is_file())
    except PermissionError as error:
        raise UsageError(
            f"{error.filename}: only another user can read the answer keys. Next: grade as that user, or in a copy of "
            "the course"
        ) from error
    if missing:
        _record(Request(root=str(exercises[0].root.resolve()), course_key=course_key, exercises=missing))
        if not all(file.is_file() for file in files):
            raise CourseError("a file of the exercise changed while its answers were recorded; run the command again")
    return files


def _record(request: Request) -> None:
    """Record keys in a separate process; on a terminal, show the progress."""
    # -P and the course's folder: this may be started in a submission's folder, whose torch.py must not be imported.
    command = [sys.executable, "-P", "-m", "autograder.recording"]
    # The references' arrays are small: threads would only wait for one another.
    environment = os.environ | ONE_THREAD | KEEPS_MEMORY
    lines, done = [], 0
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        cwd=request.root,
    ) as process:
        if process.stdin is None or process.stdout is None:  # which Popen's type allows
            raise RuntimeError("the recording process has no pipes")
        with contextlib.suppress(BrokenPipeError), process.stdin:  # it has ended, and says why
            # Not as an argument, since everybody can read those.
            process.stdin.write(msgspec.json.encode(request).decode())
        _show(f"Recording answers, once: 0 of {len(request.exercises)} exercises")
        for line in process.stdout:
            if line.startswith(DONE):
                done += 1
                _show(f"Recording answers, once: {done} of {len(request.exercises)} exercises ({line[len(DONE) : -1]})")
            else:
                lines.append(line)
    if process.returncode:
        told = [line.removeprefix(ERROR).rstrip() for line in lines if line.startswith(ERROR)]
        all_of_it = "".join(lines).strip() or f"recording ended with exit code {process.returncode}"
        if NO_TORCH in all_of_it:
            raise UsageError("recording answer keys needs torch: pip install 'numgrade[instructor]'")
        raise CourseError("\n".join(told) or all_of_it)


def _show(line: str) -> None:
    if sys.stderr.isatty():
        print(line, file=sys.stderr, flush=True)


def key_file(exercise: ExerciseFolder, course_key: CourseKey) -> Path:
    """Return the file of a key, whose name depends on everything that determines its contents."""
    name = f"{exercise.name}-{exercise.version()}-{_state_of_recording()}-{course_key.name}{SUFFIX}"
    return exercise.root.absolute() / ".autograder" / "keys" / name


@cache
def state_of_sources() -> str:
    """Return a hash of this package's own sources, as they were when it was first asked for."""
    return hash_files([*sorted(PACKAGE.rglob("*.py"))])


@cache
def _state_of_recording() -> str:
    """Return a hash of the sources that determine the contents of a key."""
    return hash_files([file for place in SHAPING for file in sorted(PACKAGE.glob(place))])
