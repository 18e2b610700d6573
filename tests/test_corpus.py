"""Right verdicts, tested on submissions that were written without looking at the checks.

Each exercise has three folders in `submissions/`. `accepted/` has complete right submissions in different styles.
`wrong/` has files `<function>__<mistake>.py` with one wrong function, which is appended to the solution, so that all
other functions are right. `unearned/` has functions that try to earn points without doing the work, also appended to
the solution; those that a line `# earns nothing: ...` names must earn none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from autograder.authoring import load_exercise, load_module
from autograder.course import DEFAULT_SEED
from autograder.recording.fingerprints import Runner
from autograder.results import Record
from autograder.verify import verify
from autograder.verify.mutants import judge_namespace
from tests.conftest import EXERCISES, SEEDS, appended, records, solution_of

OURS = (20, 12)  # accepted and wrong submissions that this course asks of each exercise
# Points that right functions may lose in all wrong submissions of an exercise, as they need the wrong one; else none.
SKIPPED_FOR_OTHERS = {"backprop": 175, "batchnorm": 11, "learned_optimizer": 4, "penalties": 29, "training": 19}


def about(name: str, *values: object, id: str = "") -> object:  # noqa: A002  # pytest's own word
    """Return a parameter for a test about an exercise; one process runs all of them, with one grader for each seed."""
    return pytest.param(name, *values, id=id or name, marks=pytest.mark.xdist_group(f"corpus-{name}"))


def every(kind: str) -> list:
    """Return a parameter for each submission of a kind: its exercise, and its file."""
    return [
        about(name, file, id=f"{name}-{file.stem}")
        for name, exercise in EXERCISES.items()
        for file in exercise.submissions(kind)
    ]


@pytest.fixture(scope="module")
def graded_wrong(graded) -> Callable[[str, Path], Record]:
    """Return a function that grades a wrong submission once, for all tests that need it."""
    return cache(lambda exercise, file: graded(exercise, appended(exercise, file.read_text("utf-8"))))


every_exercise = pytest.mark.parametrize("name", [about(name) for name in EXERCISES])


def lost(record) -> dict[str, str]:
    """Return the checks that were not passed, with status and message."""
    return {check.id: f"{check.status}: {check.message}" for check in record.checks if check.status != "passed"}


def functions_of(name: str) -> set[str]:
    """Return the functions that students of an exercise write."""
    exercise = EXERCISES[name]
    return set(load_exercise(name, exercise.check_sources()).functions)


@every_exercise
def test_corpus_is_large_enough(name):
    """Every exercise has 20 right submissions and 12 wrong functions, and every function is wrong at least once."""
    accepted, wrong = (EXERCISES[name].submissions(kind) for kind in ("accepted", "wrong"))
    assert (len(accepted) >= OURS[0], len(wrong) >= OURS[1]) == (True, True)
    assert {file.stem.partition("__")[0] for file in wrong} == functions_of(name)


@pytest.mark.parametrize("seed", SEEDS)
@every_exercise
def test_solution_earns_everything(name, seed, graded):
    """The NumPy solution, graded as a submission, earns 100 points on every course seed, and needs no advice."""
    record = graded(name, solution_of(EXERCISES[name]).encode(), seed)
    assert (record.score, lost(record), record.advice) == (100, {}, ())


@records
@pytest.mark.parametrize("seed", SEEDS)
@every_exercise
def test_reference_earns_everything(name, seed, answers):
    """The PyTorch reference, run through the recorded checks and judged alike, passes each of them on every seed."""
    exercise, key = EXERCISES[name], answers(name, seed)
    loaded = load_exercise(name, exercise.check_sources(), exercise.folder)
    reference = vars(load_module(exercise.folder / "reference.py"))
    verdicts = judge_namespace(loaded, Runner(loaded, key), reference).verdicts
    assert {check: verdict for check, verdict in verdicts.items() if verdict.status != "passed"} == {}
    assert verdicts.keys() == {check.id for check in key.checks}
    assert sum(check.points for check in key.checks) == 100


@records
@every_exercise
def test_exercise_is_sound(name):
    """`autograder verify --strict` finds nothing; submissions are left to the tests below."""
    _, defects = verify(EXERCISES[name], DEFAULT_SEED, submissions=False)
    assert defects == []


@every_exercise
def test_untouched_stub_earns_nothing(name, graded):
    """The released stub earns 0 points, and every check counts as not attempted."""
    record = graded(name, (EXERCISES[name].assignment / f"{name}.py").read_bytes())
    assert record.score == 0
    assert {check.status for check in record.checks} == {"not_attempted"}


@pytest.mark.parametrize(("exercise", "file"), every("accepted"))
def test_right_submission_earns_everything_whatever_its_style(exercise, file, graded):
    """A differently written right submission earns 100 points on five course seeds, without a diagnosis."""
    for seed in SEEDS:
        record = graded(exercise, file.read_bytes(), seed)
        assert (record.score, record.error, lost(record)) == (100, None, {}), f"seed {seed}"
        assert not [check.id for check in record.checks if check.diagnosis or check.message]


@pytest.mark.parametrize(("exercise", "file"), every("wrong"))
def test_wrong_function_loses_points_in_itself_alone(exercise, file, graded_wrong):
    """One wrong function among right ones loses points in its own checks, and in no others.

    A check of a function that is built on the wrong one may be skipped, and then names it as the one to fix first.
    """
    function = file.stem.partition("__")[0]
    record = graded_wrong(exercise, file)
    assert record.error is None
    skipped = [check for check in record.checks if check.status == "skipped"]
    assert all(check.message.startswith(f"Skipped: fix {function} first") for check in skipped), lost(record)
    failed = {check.function for check in record.checks if check.status not in ("passed", "skipped")}
    assert failed == {function}, lost(record)
    assert record.score < 100


@every_exercise
def test_right_functions_lose_little_through_wrong_ones(name, graded_wrong):
    """No right function loses more points than the wrong one that it needs, unless that one has lost all of its own."""
    total, larger = 0.0, {}
    for file in EXERCISES[name].submissions("wrong"):
        function, lost_by = file.stem.partition("__")[0], Counter[str]()
        checks = graded_wrong(name, file).checks
        for check in checks:
            lost_by[check.function] += check.max_points - check.points
        own = lost_by.pop(function)
        total += sum(lost_by.values())
        if own < sum(check.max_points for check in checks if check.function == function):
            larger |= {(file.stem, other): points for other, points in lost_by.items() if points > own}
    assert larger == {}
    assert total <= SKIPPED_FOR_OTHERS.get(name, 0)


def test_function_that_ends_its_process_costs_no_other_one_that_does_without_it(graded):
    """A network that computes its own gradients keeps its points, although the layers beside it crash."""
    layers = "\nimport os\n\ndef linear_backward(dy, cache):\n    os._exit(0)\n"
    (alone,) = [file for file in EXERCISES["backprop"].submissions("accepted") if file.stem == "features_first"]
    record = graded("backprop", (alone.read_text("utf-8") + layers).encode())
    assert {check.function for check in record.checks if check.status != "passed"} == {"linear_backward"}, lost(record)


@pytest.mark.parametrize(("exercise", "file"), every("unearned"))
def test_nothing_is_paid_for_what_is_not_done(exercise, file, graded):
    """Functions that look right only because of one another's mistakes, or where nothing checks them, earn nothing."""
    source = file.read_text("utf-8")
    named = next(line for line in source.splitlines() if line.startswith("# earns nothing: "))
    functions = set(named.removeprefix("# earns nothing: ").split(", "))
    record = graded(exercise, appended(exercise, source))
    assert record.error is None
    assert functions <= functions_of(exercise)
    assert {check.id: check.points for check in record.checks if check.function in functions and check.points} == {}
