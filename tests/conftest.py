"""What the tests share: the shipped course, its answer keys, a real sandbox, the real command."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.course import DEFAULT_SEED, ExerciseFolder, find_exercises
from autograder.course_key import HANDED_OUT, seeded
from autograder.grading import Grader, open_grader, single_file
from autograder.key import AnswerKey
from autograder.limits import Limits
from autograder.recording import open_keys
from autograder.recording.record import record_answers
from autograder.results import Record
from autograder.sandbox import BARE, Sandbox
from autograder.verify import appended as appended_to

ROOT = Path(__file__).resolve().parents[1]
SEEDS = (DEFAULT_SEED, 1, 2, 3, 4)
EXERCISES = {exercise.name: exercise for exercise in find_exercises(ROOT, [])}
TRIAL = ("--seed", str(DEFAULT_SEED))  # of a command that grades: the repository has no course key
Keys = Callable[[int], dict[str, AnswerKey]]
Grade = Callable[..., Record]


@pytest.fixture(scope="session")
def keys() -> Keys:
    """Return the answer keys of all exercises for a course seed, recorded where they are not yet."""
    opened: dict[int, dict[str, AnswerKey]] = {}

    def keys_of(seed: int) -> dict[str, AnswerKey]:
        if seed not in opened:
            opened[seed] = {key.exercise: key for key in open_keys(list(EXERCISES.values()), seeded(seed))}
        return opened[seed]

    return keys_of


@pytest.fixture(scope="session")
def answers(keys: Keys) -> Callable[[str, int], AnswerKey]:
    """Return the answers of an exercise for a seed: those of the default seed with misconceptions, others without."""
    recorded: dict[tuple[str, int], AnswerKey] = {}

    def answers_of(name: str, seed: int) -> AnswerKey:
        if seed == DEFAULT_SEED:
            return keys(seed)[name]
        if (name, seed) not in recorded:
            recorded[name, seed], _ = record_answers(EXERCISES[name], seeded(seed))
        return recorded[name, seed]

    return answers_of


@pytest.fixture(scope="session")
def students_keys() -> dict[str, AnswerKey]:
    """Return the answer keys that students get."""
    return {key.exercise: key for key in open_keys(list(EXERCISES.values()), HANDED_OUT)}


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Return one sandbox for all tests that need no limits of their own."""
    with Sandbox(Limits(), BARE) as running:
        yield running


@pytest.fixture(scope="session")
def graded(answers: Callable[[str, int], AnswerKey], sandbox: Sandbox) -> Grade:
    """Return a function that grades a source with an exercise's answer key for a seed."""
    graders: dict[tuple[str, int], Grader] = {}

    def grade_source(exercise: str, source: bytes, seed: int = DEFAULT_SEED) -> Record:
        if (exercise, seed) not in graders:
            graders[exercise, seed] = open_grader(answers(exercise, seed))
        return graders[exercise, seed].grade(single_file("s", exercise, source), sandbox).record

    return grade_source


def solution_of(exercise: ExerciseFolder) -> str:
    """Return the source of an exercise's NumPy solution."""
    return exercise.solution.read_text("utf-8")


def appended(exercise: str, source: str) -> bytes:
    """Return an exercise's solution with other functions appended, which take the place of its own."""
    return appended_to(solution_of(EXERCISES[exercise]), source).encode()


def autograder(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
