"""What the tests share: the shipped course, its answer keys, a real sandbox, the real command."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from autograder.course import DEFAULT_SEED, ExerciseFolder, find_exercises
from autograder.course_key import HANDED_OUT, CourseKey, seeded
from autograder.grading import Grader, open_grader, single_file
from autograder.key import AnswerKey
from autograder.limits import Limits
from autograder.processes import ONE_THREAD
from autograder.recording import open_keys
from autograder.recording.record import record_answers
from autograder.results import Record
from autograder.sandbox import BARE, Sandbox, levels
from autograder.verify import appended as appended_to
from tests import warm

# Where tests are started in the background, interruptions are ignored, and would be by commands that they interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# PyTorch's threads would only wait for one another, and busily: the references' arrays are small.
os.environ.update(ONE_THREAD)

PRINTING = np.get_printoptions()
ROOT = Path(__file__).resolve().parents[1]
# Only the keys of the default seed come with the examples: others take PyTorch to record.
HAS_TORCH = find_spec("torch") is not None
SEEDS = (DEFAULT_SEED, 1, 2, 3, 4) if HAS_TORCH else (DEFAULT_SEED,)
records = pytest.mark.skipif(not HAS_TORCH, reason="recording needs PyTorch")
EXERCISES = {exercise.name: exercise for exercise in find_exercises(ROOT, [])}
TRIAL = ("--seed", str(DEFAULT_SEED))  # of a command that grades: the repository has no course key
Grade = Callable[..., Record]
# Groups that take longest come first, so that no process is left with one at the end when all others are done.
LONGEST_FIRST = (
    "test_four_ways",
    "hostile-root",
    "corpus-training",
    "corpus-augmentation",
    "test_nbgrader",
    "corpus-initializers",
    "test_crash",
    "test_precision",
    "test_benchmarks",
    "test_pictures",
    "test_notebooks",
    "test_forgiving",
    "test_term",
    "test_cluster",
    "hostile-container",
    "hostile-user",
    "hostile-bare",
)


class OpenedKeys(dict[str, AnswerKey]):
    """The answer keys of a course by exercise, each recorded when it is first asked for, where it is not yet."""

    def __init__(self, course_key: CourseKey) -> None:
        super().__init__()
        self._course_key = course_key

    def __missing__(self, name: str) -> AnswerKey:
        (self[name],) = open_keys([EXERCISES[name]], self._course_key)
        return self[name]


Keys = Callable[[int], OpenedKeys]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process run the tests of a file, which share what is costly to set up, unless they say it otherwise."""
    places = {group: number for number, group in enumerate(LONGEST_FIRST)}
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=lambda item: places.get(_group_of(item), len(places)))


def _group_of(item: pytest.Item) -> str:
    marker = item.get_closest_marker("xdist_group")
    return str(marker.args[0]) if marker and marker.args else ""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(ids: list[str]) -> None:
    """Insist on groups where tests are distributed: without them, each process sets up everything for itself."""
    if not all("@" in name for name in ids):
        pytest.exit("tests are not grouped: needs --dist loadgroup, and pytest as constraints.txt has it", 4)


@pytest.fixture(autouse=True)
def printing() -> Iterator[None]:
    """Let NumPy print as it does after a start, whatever a submission has set that an earlier test has run here."""
    with np.printoptions(**PRINTING):
        yield


@pytest.fixture(scope="session")
def keys() -> Keys:
    """Return the answer keys for a course seed."""
    opened: dict[int, OpenedKeys] = {}

    def keys_of(seed: int) -> OpenedKeys:
        return opened.setdefault(seed, OpenedKeys(seeded(seed)))

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
def students_keys() -> OpenedKeys:
    """Return the answer keys that students get."""
    return OpenedKeys(HANDED_OUT)


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


@pytest.fixture(scope="module")
def measured_once() -> Iterator[None]:
    """Let commands that grade in this process share what the escape tests found of this machine, which is the same.

    Each sandbox still runs its own quick set of them, for the private places of its own class.
    """
    choice = cache(levels.choose)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(levels, "choose", lambda places: choice())  # noqa: ARG005  # named as it is called
        yield


def solution_of(exercise: ExerciseFolder) -> str:
    """Return the source of an exercise's NumPy solution."""
    return exercise.solution.read_text("utf-8")


def appended(exercise: str, source: str) -> bytes:
    """Return an exercise's solution with other functions appended, which take the place of its own."""
    return appended_to(solution_of(EXERCISES[exercise]), source).encode()


def autograder(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the real command, in a process that starts warm."""
    return warm.run("autograder", "-m", "autograder", *arguments, cwd=cwd)
