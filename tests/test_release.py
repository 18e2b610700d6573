"""What is committed under `assignments/` is what release makes of `solutions/`."""

from __future__ import annotations

import shutil

import pytest

from autograder.api import check_assignment
from autograder.assignment import Assignment
from autograder.course import DEFAULT_SEED, PUBLIC_CHECKS
from autograder.key import read_key
from autograder.verify.verify import check_release
from tests.conftest import EXERCISES, ROOT, autograder


@pytest.mark.parametrize("name", EXERCISES)
def test_committed_assignment_is_what_release_makes(name, students_keys):
    """Releasing again gives the committed files, byte for byte, and no other file."""
    assert list(check_release(EXERCISES[name], students_keys[name])) == []


@pytest.mark.parametrize("name", EXERCISES)
def test_public_checks_are_copied_and_known_by_their_key(name):
    """Students get the public checks byte for byte, and the released answer key accepts them."""
    folder = EXERCISES[name].assignment
    assert (folder / PUBLIC_CHECKS).read_bytes() == (EXERCISES[name].folder / PUBLIC_CHECKS).read_bytes()
    assignment = Assignment(file=folder / f"{name}.py", key_file=folder / f"{name}.key")
    assert check_assignment(assignment).record.score == 0.0


@pytest.mark.parametrize("name", EXERCISES)
def test_public_key_holds_nothing_hidden(name, keys, students_keys):
    """A released answer key has only public checks, and is the same for every course."""
    released = read_key(EXERCISES[name].assignment / f"{name}.key")
    assert {check.visibility for check in released.checks} == {"public"}
    assert released.seed == 0
    assert released.checks == students_keys[name].checks == keys(DEFAULT_SEED)[name].handed_out
    assert not released.sources


@pytest.mark.parametrize("name", EXERCISES)
def test_points_are_shared_out_as_promised(name, keys):
    """An exercise totals 100 points, 30 to 40 of them public, and every function is worth something."""
    key = keys(DEFAULT_SEED)[name]
    assert sum(check.points for check in key.checks) == 100
    assert 30 <= sum(check.points for check in key.handed_out) <= 40
    assert {check.function for check in key.checks} == set(key.parameters)
    assert all(check.points > 0 for check in key.checks)


@pytest.mark.parametrize("name", EXERCISES)
def test_stub_gives_nothing_away(name):
    """A stub has no mark and no line from between marks."""
    stub = (EXERCISES[name].assignment / f"{name}.py").read_text("utf-8").splitlines()
    solution = EXERCISES[name].solution.read_text("utf-8").splitlines()
    marked, inside = set(), False
    for line in solution:
        inside = (inside or "### BEGIN SOLUTION" in line) and "### END SOLUTION" not in line
        if inside and len(line.strip()) > 1:
            marked.add(line)
    assert not marked & set(stub)


def test_exercise_is_found_not_registered(tmp_path):
    """A copied folder under another name is a separate exercise, listed and released; misconceptions may come later."""
    shutil.copytree(ROOT / "solutions" / "dropout", tmp_path / "solutions" / "dropout")
    shutil.copytree(ROOT / "solutions" / "dropout", tmp_path / "solutions" / "another")
    another = tmp_path / "solutions" / "another"
    (another / "dropout.py").rename(another / "another.py")
    (another / "misconceptions.py").unlink()
    checks = (another / "public_checks.py").read_text("utf-8")
    (another / "public_checks.py").write_text(checks.replace('Exercise("dropout"', 'Exercise("another"'), "utf-8")
    result = autograder("release", "another", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "assignments" / "another" / "another.key").is_file()
    assert "another: 30 checks, 100 points" in autograder("list", "another", cwd=tmp_path).stdout
