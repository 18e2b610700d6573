"""What is committed under `assignments/` is what release makes of `solutions/`."""

from __future__ import annotations

import shutil

import pytest

from autograder import book as books_
from autograder.cli.main import DEFAULT_SEED
from autograder.verify.course import check_release
from tests.conftest import EXERCISES, ROOT, autograder


@pytest.mark.parametrize("name", EXERCISES)
def test_committed_assignment_is_what_release_makes(name, books):
    """Releasing again gives the committed files, byte for byte, and no file more."""
    assert list(check_release(EXERCISES[name], books(DEFAULT_SEED)[name])) == []


@pytest.mark.parametrize("name", EXERCISES)
def test_public_book_holds_nothing_hidden(name, books):
    """A released book holds public checks alone, the same for every course seed, and not the seed."""
    released = books_.read(EXERCISES[name].assignment / f"{name}.book")
    assert {check.visibility for check in released.checks} == {"public"}
    assert released.seed == 0
    assert released.checks == books(1)[name].public().checks


@pytest.mark.parametrize("name", EXERCISES)
def test_points_are_shared_out_as_promised(name, books):
    """An exercise totals 100 points, 30 to 40 of them public, and every function is worth something."""
    book = books(DEFAULT_SEED)[name]
    assert sum(check.points for check in book.checks) == 100
    assert 30 <= sum(check.points for check in book.public().checks) <= 40
    assert {check.function for check in book.checks} == set(book.parameters)
    assert all(check.points > 0 for check in book.checks)


@pytest.mark.parametrize("name", EXERCISES)
def test_stub_gives_nothing_away(name):
    """A stub holds no mark and no line of a marked region."""
    stub = (EXERCISES[name].assignment / f"{name}.py").read_text("utf-8").splitlines()
    solution = EXERCISES[name].solution.read_text("utf-8").splitlines()
    marked, inside = set(), False
    for line in solution:
        inside = (inside or "### BEGIN SOLUTION" in line) and "### END SOLUTION" not in line
        if inside and len(line.strip()) > 1:
            marked.add(line)
    assert not marked & set(stub)


def test_exercise_is_found_not_registered(tmp_path):
    """A copied folder under another name is an exercise of its own, listed and released; misconceptions may wait."""
    shutil.copytree(ROOT / "solutions" / "dropout", tmp_path / "solutions" / "dropout")
    shutil.copytree(ROOT / "solutions" / "dropout", tmp_path / "solutions" / "another")
    (tmp_path / "solutions" / "another" / "dropout.py").rename(tmp_path / "solutions" / "another" / "another.py")
    (tmp_path / "solutions" / "another" / "misconceptions.py").unlink()
    result = autograder("release", "another", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "assignments" / "another" / "another.book").is_file()
    assert "another: 26 checks, 100 points" in autograder("list", "another", cwd=tmp_path).stdout
