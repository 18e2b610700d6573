"""Right verdicts, shown on submissions that were written without sight of the checks.

`corpus/right/<exercise>/`, and an exercise's own `variants/`: whole submissions, each in a style of its own.
`corpus/wrong/<exercise>/`: one wrong function a file, `<function>__<mistake>.py`, appended to the solution, whose other
functions stay right.
`corpus/unearned/<exercise>/`: functions that try to be paid for what they do not do, appended likewise; of those that a
line `# earns nothing: ...` names, none may have a point.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.answers.load import load_module
from autograder.judge.judge import judge
from autograder.worker.run import run
from tests.conftest import EXERCISES, ROOT, SEEDS, appended, solution_of

CORPUS = ROOT / "tests" / "corpus"


def right(name: str) -> list[Path]:
    """Return the right submissions to an exercise."""
    return [*sorted((CORPUS / "right" / name).glob("*.py")), *EXERCISES[name].variants]


def wrong(name: str) -> list[Path]:
    """Return the wrong functions of an exercise."""
    return sorted((CORPUS / "wrong" / name).glob("*.py"))


def unearned(name: str) -> list[Path]:
    """Return what is to earn nothing for some functions of an exercise."""
    return sorted((CORPUS / "unearned" / name).glob("*.py"))


def every(files: Callable[[str], list[Path]]) -> list:
    """Return a parameter a file: its exercise, and itself."""
    return [pytest.param(name, file, id=f"{name}-{file.stem}") for name in EXERCISES for file in files(name)]


def lost(record) -> dict[str, str]:
    """Return the checks that were not passed, with status and message."""
    return {check.id: f"{check.status}: {check.message}" for check in record.checks if check.status != "passed"}


@pytest.mark.parametrize("name", EXERCISES)
def test_corpus_is_large_enough(name):
    """Every exercise has 20 right submissions and 12 wrong functions, and every function is wrong at least once."""
    assert len(right(name)) >= 20
    assert len(wrong(name)) >= 12
    functions = {line.split("(")[0].removeprefix("def ") for line in solution_of(EXERCISES[name]).splitlines()
                 if line.startswith("def ") and not line.startswith("def _")}  # fmt: skip
    assert {file.stem.partition("__")[0] for file in wrong(name)} == functions


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", EXERCISES)
def test_solution_earns_everything(name, seed, graded):
    """The NumPy solution, graded as a submission, earns 100 points on every course seed."""
    record = graded(name, solution_of(EXERCISES[name]).encode(), seed)
    assert (record.score, lost(record)) == (100, {})


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", EXERCISES)
def test_reference_earns_everything(name, seed, books):
    """The PyTorch reference, run through the same scripts and judged alike, passes every check on every course seed."""
    namespace = vars(load_module(EXERCISES[name].folder / "reference.py"))
    checks = books(seed)[name].checks
    verdicts = {check.id: judge(check, run(check.script, namespace, {})).status for check in checks}
    assert set(verdicts.values()) == {"passed"}, verdicts
    assert sum(check.points for check in checks) == 100


@pytest.mark.parametrize("name", EXERCISES)
def test_untouched_stub_earns_nothing(name, graded):
    """The released stub earns 0 points, and every check counts as not attempted."""
    record = graded(name, (EXERCISES[name].assignment / f"{name}.py").read_bytes())
    assert record.score == 0
    assert {check.status for check in record.checks} == {"not_attempted"}


@pytest.mark.parametrize(("exercise", "file"), every(right))
def test_right_submission_earns_everything_whatever_its_style(exercise, file, graded):
    """A differently written right submission earns 100 points on five course seeds."""
    for seed in SEEDS:
        record = graded(exercise, file.read_bytes(), seed)
        assert (record.score, record.error, lost(record)) == (100, None, {}), f"seed {seed}"


@pytest.mark.parametrize(("exercise", "file"), every(wrong))
def test_wrong_function_loses_points_in_itself_alone(exercise, file, graded):
    """One wrong function among right ones loses points in its own checks, and in no others.

    A check of a function that is built on the wrong one may be skipped where nothing of it can be judged, and says so.
    """
    function = file.stem.partition("__")[0]
    record = graded(exercise, appended(exercise, file.read_text("utf-8")))
    assert record.error is None
    skipped = [check for check in record.checks if check.status == "skipped"]
    assert all(check.message.startswith(f"Needs {function}, which fails") for check in skipped), lost(record)
    failed = {check.function for check in record.checks if check.status not in ("passed", "skipped")}
    assert failed == {function}, lost(record)
    assert record.score < 100


def test_function_that_ends_its_process_costs_no_other_one_that_does_without_it(graded):
    """A network that computes its own gradients keeps its points, though excuses would call the layers that crash."""
    layers = "\nimport os\n\ndef linear_backward(dy, cache):\n    os._exit(0)\n"
    alone = (CORPUS / "right" / "backprop" / "features_first.py").read_text("utf-8")
    record = graded("backprop", (alone + layers).encode())
    assert {check.function for check in record.checks if check.status != "passed"} == {"linear_backward"}, lost(record)


@pytest.mark.parametrize(("exercise", "file"), every(unearned))
def test_nothing_is_paid_for_what_is_not_done(exercise, file, graded):
    """Functions that look right only through one another's mistakes, or where nobody asks for them, earn nothing."""
    source = file.read_text("utf-8")
    named = next(line for line in source.splitlines() if line.startswith("# earns nothing: "))
    functions = set(named.removeprefix("# earns nothing: ").split(", "))
    record = graded(exercise, appended(exercise, source))
    assert record.error is None
    assert functions <= {check.function for check in record.checks}
    assert {check.id: check.points for check in record.checks if check.function in functions and check.points} == {}
