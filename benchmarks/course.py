"""The course that is measured: an exercise with its answer key, and classes of any size, copies of a few files."""

from __future__ import annotations

import functools
import types
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import DEFAULT_SEED, ExerciseFolder, find_exercises
from autograder.course_key import HANDED_OUT, seeded
from autograder.key import AnswerKey
from autograder.recording import open_keys
from benchmarks.measure import ROOT

CLASS = ROOT / "examples" / "class"
SLOW = ("zoë", "mallory")  # their code waits for limits: its seconds would measure the limits, and nothing of ours


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """An exercise, its answer keys for a course and for students, and its right solution."""

    exercise: ExerciseFolder
    key: AnswerKey
    students_key: AnswerKey
    source: str

    @property
    def points(self) -> float:
        """The points of all checks together."""
        return sum(check.points for check in self.key.checks)

    def solution(self) -> types.ModuleType:
        """Import the right solution into this process, afresh."""
        return imported(self.exercise.name, self.source)


def exercise_names() -> list[str]:
    """Return the names of all exercises."""
    return [exercise.name for exercise in find_exercises(ROOT, [])]


@functools.cache
def subject(name: str) -> Subject:
    """Return an exercise by name; its answer key is recorded first if it is missing."""
    (exercise,) = find_exercises(ROOT, [name])
    (key,), (students_key,) = (open_keys([exercise], each) for each in (seeded(DEFAULT_SEED), HANDED_OUT))
    return Subject(exercise=exercise, key=key, students_key=students_key, source=exercise.solution.read_text("utf-8"))


def imported(exercise: str, source: str) -> types.ModuleType:
    """Import a source that can be trusted into this process, afresh."""
    module = types.ModuleType(exercise)
    exec(compile(source, f"{exercise}.py", "exec", dont_inherit=True), module.__dict__)
    return module


def class_sources(exercise: str) -> list[bytes]:
    """Return what the example class submitted for an exercise, without the students whose code waits for limits."""
    files = sorted(CLASS.glob(f"*/{exercise}/{exercise}.py"))
    return [file.read_bytes() for file in files if file.parents[1].name not in SLOW]


def make_class(folder: Path, exercise: str, sources: Sequence[bytes], size: int) -> Path:
    """Make a class of copies, each with a different last line, so that no two are the same; return its folder."""
    for number in range(size):
        home = folder / f"student{number:05}" / exercise
        home.mkdir(parents=True)
        source = sources[number % len(sources)]
        home.joinpath(f"{exercise}.py").write_bytes(source + f"\n# copy {number}\n".encode())
    return folder
