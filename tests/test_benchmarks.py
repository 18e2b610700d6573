"""Benchmarks run, in the quick mode that installs nothing, and what they compare is comparable."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from benchmarks import alarms, editions, performance
from benchmarks.course import imported, subject
from benchmarks.equivalent import calls_alone, load_checks, rehearse, write_checks
from benchmarks.measure import goal, on_one_core, spread
from tests.conftest import ROOT
from tests.courses import edit, write_course


@pytest.mark.parametrize("name", performance.BENCHMARKS)
def test_a_benchmark_prints_its_table(name):
    """Each benchmark measures what it is for, and returns Markdown with a table of at least two rows."""
    lines = performance.BENCHMARKS[name](quick=True).splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    assert len(rows) >= 4
    assert len({row.count(" | ") for row in rows[:2]}) == 1


def test_every_benchmark_has_a_place_on_the_page():
    """The page has marks for each benchmark and the machine, and writing between marks changes nothing else."""
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    for name in ("machine", *performance.BENCHMARKS):
        changed = performance.put(page, name, "measured\n")
        before, _, after = changed.partition(f"<!-- {name} -->\nmeasured\n<!-- /{name} -->")
        assert page.startswith(before)
        assert page.endswith(after)


def test_a_page_without_marks_is_told_so():
    """If a page has no place for a table, an error names the missing marks."""
    with pytest.raises(ValueError, match="has no marks <!-- peers -->"):
        performance.put("nothing", "peers", "")


@pytest.mark.parametrize(
    ("written", "replaced", "functions"),
    [
        ("x - lr * grad, state", "x + lr * grad, state", {"sgd"}),
        ("rng.permutation(n)", "np.arange(n)", {"minibatches"}),
        ("x - lr * grad, state", "x - lr * grad, state", set()),
    ],
)
def test_equivalent_checks_fail_for_the_wrong_function_alone(tmp_path, written, replaced, functions):
    """The plain tests that other graders run accept the solution, and fail for a wrong function and for no other."""
    matter = subject("optimizers")
    assert written in matter.source
    student = imported("optimizers", matter.source.replace(written, replaced, 1))
    write_checks(matter, tmp_path)
    failed = set()
    for check in load_checks(tmp_path):
        try:
            check(student)
        except AssertionError:
            failed.add(check.__name__.split("_", 2)[2])
    assert failed == functions


class Counting:
    """A module whose calls are counted by function."""

    def __init__(self, module: object) -> None:
        self.module = module
        self.calls: dict[str, int] = {}

    def __getattr__(self, name: str) -> object:
        self.calls[name] = self.calls.get(name, 0) + 1
        return getattr(self.module, name)


def test_the_calls_alone_are_those_of_the_checks():
    """The floor makes as many calls of each function as the checks make on the reference, and no others."""
    matter = subject("optimizers")
    module = matter.solution()
    counting = Counting(module)
    for calls in calls_alone(rehearse(matter.key, vars(module))):
        calls(counting)
    expected: dict[str, int] = {}
    for check in matter.key.checks:
        for call in check.recorded.calls:
            expected[call.function] = expected.get(call.function, 0) + 1
    assert counting.calls == expected


def test_two_checkouts_are_compared(monkeypatch):
    """Another checkout is compared in calls and in time, for each exercise that both have, and in total."""
    monkeypatch.setattr(editions, "interpreter_of", lambda _: Path(sys.executable))
    lines = editions.compare(ROOT, ["normalization"], rounds=2).splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    assert [row[0] for row in cells[2:]] == ["normalization", "**sum**"]
    assert len({row[1] for row in cells[2:]} | {row[2] for row in cells[2:]}) == 1
    assert sum("Goal: " in line for line in lines) == 2


def test_a_checkout_without_an_environment_is_told_so(tmp_path):
    """Another checkout needs its own interpreter, and the message says how to make one."""
    with pytest.raises(SystemExit, match="make venv"):
        editions.compare(tmp_path, ["normalization"], rounds=1)


def test_a_task_on_one_core_gives_the_others_back():
    """What is measured on one core runs on one core; the next measurement has all cores again."""
    before = os.sched_getaffinity(0)
    assert on_one_core(lambda: float(len(os.sched_getaffinity(0))))() == 1.0
    assert os.sched_getaffinity(0) == before


def test_a_goal_that_is_not_met_says_by_how_much():
    """A missed goal names the factor by which it was missed, in both directions; a goal that is met does not."""
    assert "not met, by a factor of 2.00" in goal("quick", actual=2.0, limit=1.0)
    assert "not met, by a factor of 4.00" in goal("often", actual=25.0, limit=100.0, at_least=True)
    assert "**met**" in goal("quick", actual=1.0, limit=1.0)


def test_a_spread_of_one_value_is_that_value():
    """The quartiles of a single value are that value."""
    assert spread([2.0]) == spread([2.0, 2.0])


def test_false_alarms_are_counted_by_function(tmp_path):
    """Points that submissions lose although they should be right are counted by function, with seed, file and check."""
    course = write_course(tmp_path)
    edit(course, "submissions/accepted/way_3.py", ("x + by", "x - by"))
    found = alarms.count(course, [1, 2], always=True)
    assert found.verdicts == {"double": 18, "shift": 18}
    assert found.false == {"shift": 2}
    assert [line[: line.index(",")] for line in found.lines] == ["- seed 1", "- seed 2"]
    assert all("way_3.py: shift.shifts failed" in line for line in found.lines)


def test_functions_that_draw_raise_no_false_alarm():
    """Without names, only exercises that draw random numbers are graded; the table says which functions draw."""
    lines = alarms.measure(["optimizers"], [5]).splitlines()
    rows = {cells[0]: cells[1:] for cells in (line.strip("| ").split(" | ") for line in lines[2:])}
    assert (rows["optimizers.minibatches"][0], rows["optimizers.sgd"][0]) == ("yes", "no")
    assert {row[2] for row in rows.values()} == {"0"}
    assert len(rows) == 8
