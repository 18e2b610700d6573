"""Benchmarks run, in the quick mode that installs nothing, and what they compare is comparable."""

from __future__ import annotations

import types

import pytest

from benchmarks import performance
from benchmarks.course import subject
from benchmarks.equivalent import load_checks, write_module
from benchmarks.measure import goal, spread
from tests.conftest import ROOT


@pytest.mark.parametrize("name", performance.BENCHMARKS)
def test_a_benchmark_prints_its_table(name):
    """Each benchmark measures what it is for, and returns Markdown with a table of at least two rows."""
    lines = performance.BENCHMARKS[name](quick=True).splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    assert len(rows) >= 4
    assert len({row.count(" | ") for row in rows[:2]}) == 1


def test_every_benchmark_has_its_place_on_the_page():
    """The page has a mark for each benchmark and the machine, and writing between marks changes nothing else."""
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    for name in ("machine", *performance.BENCHMARKS):
        changed = performance.put(page, name, "measured\n")
        before, _, after = changed.partition(f"<!-- {name} -->\nmeasured\n<!-- /{name} -->")
        assert page.startswith(before)
        assert page.endswith(after)


def test_a_page_without_marks_is_told_so():
    """A table that has no place is an error that names the marks."""
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
    """The plain tests that other graders run accept the solution and fail for a wrong function, and only there."""
    matter = subject("optimizers")
    assert written in matter.source
    student = types.ModuleType("optimizers")
    exec(matter.source.replace(written, replaced, 1), student.__dict__)
    write_module(matter.book, tmp_path, with_claims=True)
    failed = set()
    for check in load_checks(tmp_path):
        try:
            check(student)
        except AssertionError:
            failed.add(check.__name__.split("_", 2)[2])
    assert failed == functions


def test_a_goal_that_is_not_met_says_by_how_much():
    """A missed goal names the factor, in both directions, and a goal that is met does not."""
    assert "not met, by a factor of 2.00" in goal("quick", actual=2.0, limit=1.0)
    assert "not met, by a factor of 4.00" in goal("often", actual=25.0, limit=100.0, at_least=True)
    assert "**met**" in goal("quick", actual=1.0, limit=1.0)


def test_a_spread_of_one_value_is_that_value():
    """A single round has no quartiles of its own."""
    assert spread([2.0]) == spread([2.0, 2.0])
