"""Texts for instructors show repeated lines once, and lose nothing else."""

from __future__ import annotations

import msgspec
import pytest

from autograder.report.changes import difference, history
from autograder.report.screen import show
from autograder.report.write import ExerciseSummary, folded
from autograder.results import Error, Record
from autograder.store import Attempt, StoreKey
from tests.test_report_page import check_of, record_of

pytestmark = pytest.mark.unit


def attempt(record: Record, submission: str = "a") -> Attempt:
    """Return a stored attempt."""
    key = StoreKey(submission=submission * 64, version="", answer_key="", grader="", seed="1", limits="")
    return Attempt(
        student=record.student, exercise=record.exercise, key=key, isolation="good", reusable=True, notes=b"[]",
        record=msgspec.json.encode(record), feedback="", graded_at="2026-11-30T08:00:00Z",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ([], []),
        (["a", "b"], ["a", "b"]),
        (["a", "a"], ["a", "a"]),
        (["a"] * 5, ["a", "... 4 more times"]),
        (["x 1", "x 2", "x 30", "y"], ["x 1", "... 2 more times, with other numbers", "y"]),
        (["f 1", "y"] * 3 + ["end"], ["f 1", "y", "... the last 2 lines, 2 more times", "end"]),
        (["1.5e-3 a", "2 a", "7 a"], ["1.5e-3 a", "... 2 more times, with other numbers"]),
        (["a", "b", "a", "b"], ["a", "b", "a", "b"]),
    ],
)
def test_blocks_that_repeat_are_told_once(lines, shown):
    """Three or more equal lines in a row become one line and a number; everything else stays."""
    assert list(folded(lines)) == shown


def test_checks_that_changed_alike_share_a_line():
    """Checks of a function that changed alike have one line, or none if a record is of no graded submission."""
    names = ("a", "b", "c", "d")
    before = record_of("s", tuple(check_of(name, "f", passed=True) for name in names))
    after = record_of("s", tuple(check_of(name, "f", passed=name == "d") for name in names))
    changed = difference(before, after)
    assert changed is not None
    assert changed.checks == ("f: 3 checks: passed 30 → failed 0",)
    missing = record_of("s", after.checks, Error(kind="missing", message="was not submitted"))
    gone = difference(before, missing)
    assert gone is not None
    assert (gone.after, gone.checks) == ("10 of 40 (missing)", ())


def test_attempts_with_the_same_result_share_a_line():
    """Attempts that were graded again with the same result are one line, whatever comes before and after."""
    right = record_of("s", (check_of("a", "f", passed=True),))
    wrong = record_of("s", (check_of("a", "f", passed=False),))
    lines = list(history([*[attempt(right)] * 5, *[attempt(wrong, "b")] * 2]))
    told = [line for line in lines if "graded again" in line]
    assert len(told) == 2
    assert "graded again, 4 times, with the same result" in told[0]
    assert [line.split()[0] for line in lines[1:6] if line[:4].strip().isdigit()] == ["1", "5", "6", "7"]


def test_who_submitted_nothing_has_one_line(capsys):
    """A student is named once, with the exercises; a submission under another name is listed with its reason."""
    summaries = [ExerciseSummary(exercise=name) for name in ("x", "y")]
    for summary in summaries:
        summary.errors += [("ada", "missing", f"{summary.exercise} was not submitted")]
    summaries[1].errors += [("alan", "missing", "y was not submitted"), ("eve", "missing", "found z.py, expected y.py")]
    show(summaries, [])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines if "ada" in line] == [["ada", "all"]]
    assert [line.split() for line in lines if "alan" in line] == [["alan", "y"]]
    assert [line.split()[:3] for line in lines if "eve" in line] == [["y", "eve", "missing"]]
