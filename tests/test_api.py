"""The public Python API: what `import autograder` gives, its examples, and `python -m autograder`."""

from __future__ import annotations

import doctest
import importlib
import inspect
import os
import signal
import subprocess
import sys
import tomllib

import pytest

import autograder
from autograder.api import OwnSandboxes
from autograder.course import DEFAULT_SEED, UsageError
from autograder.course_key import HANDED_OUT
from autograder.limits import Limits
from autograder.recording import open_keys
from autograder.results import Record
from tests import conftest
from tests.conftest import EXERCISES, ROOT, solution_of
from tests.processes import is_running

NAME = "normalization"  # the quickest one
# Modules with examples in their public docstrings.
EXAMPLES = [
    *("autograder.api", "autograder.authoring.inputs", "autograder.export.fill", "autograder.intake.assign"),
    *("autograder.intake.systems", "autograder.printable", "autograder.report.text", "autograder.report.write"),
    "autograder.roster",
]


def test_package_offers_four_names():
    """`check`, `grade`, `Record` and `__version__` are what a program needs, and nothing else is offered."""
    assert autograder.__all__ == ["Record", "__version__", "check", "grade"]
    assert autograder.Record is Record
    assert all(hasattr(autograder, name) for name in autograder.__all__)
    with pytest.raises(AttributeError, match="module 'autograder' has no attribute 'nothing'"):
        _ = autograder.nothing


@pytest.mark.unit
def test_version_is_one_number():
    """The package, the command and the distribution have one version, written down once."""
    result = conftest.autograder("--version")
    assert result.stdout == f"autograder {autograder.__version__}\n"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "autograder.version.VERSION"}


@pytest.mark.unit
def test_module_is_the_command():
    """`python -m autograder` is the command `autograder`, exit codes included."""
    result = conftest.autograder("--help")
    assert result.returncode == 0
    assert result.stdout.startswith("usage: autograder ")
    assert conftest.autograder("nonsense").returncode == 2


def test_check_runs_the_public_checks(tmp_path):
    """`check` takes an assignment's folder or its file, and returns a record of the public checks."""
    record = autograder.check(EXERCISES[NAME].assignment)
    assert isinstance(record, Record)
    assert {check.visibility for check in record.checks} == {"public"}
    assert record.score == 0
    assert autograder.check(str(EXERCISES[NAME].assignment / f"{NAME}.py")).score == 0
    folder = tmp_path / NAME
    folder.mkdir()
    for file in EXERCISES[NAME].assignment.iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    (folder / f"{NAME}.py").write_text(solution_of(EXERCISES[NAME]), "utf-8")
    record = autograder.check(folder)
    assert record.score == record.max_score > 0
    (key,) = open_keys([EXERCISES[NAME]], HANDED_OUT)
    assert [check.id for check in record.checks] == [check.id for check in key.checks]


def test_check_says_what_it_misses(tmp_path):
    """A folder without an assignment, a path with several, and checks that were changed are errors in one line."""
    with pytest.raises(UsageError, match="no assignment in"):
        autograder.check(tmp_path)
    with pytest.raises(UsageError, match="does not exist"):
        autograder.check(tmp_path / "x.py")
    with pytest.raises(UsageError, match="holds several assignments; name the folder or the file of one"):
        autograder.check(ROOT / "assignments")
    (tmp_path / "x.py").write_text("")
    (tmp_path / "x.key").write_bytes(b"no key")
    with pytest.raises(
        UsageError, match=r"x\.key is not an answer key of this version.*get the assignment's folder again"
    ):
        autograder.check(tmp_path)


def test_check_of_a_file_that_is_not_there_has_a_record(tmp_path):
    """A missing or broken file is the student's problem: the record says so."""
    for file in EXERCISES[NAME].assignment.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / f"{NAME}.py").unlink()
    assert autograder.check(tmp_path).error.kind == "missing"
    (tmp_path / f"{NAME}.py").write_text("def f(:")
    assert autograder.check(tmp_path).error.kind == "syntax"


def test_check_needs_no_processes(monkeypatch, tmp_path):
    """Where there is no sandbox, a student's own file runs in this process and gets the same record."""
    solution = tmp_path / NAME
    solution.mkdir()
    for file in EXERCISES[NAME].assignment.iterdir():
        if file.is_file():
            (solution / file.name).write_bytes(file.read_bytes())
    (solution / f"{NAME}.py").write_text(solution_of(EXERCISES[NAME]).replace("axis=0", "axis=1"), "utf-8")
    here = autograder.check(solution)
    monkeypatch.setattr(sys, "platform", "darwin")
    there = autograder.check(solution)
    assert [(check.id, check.status, check.message) for check in here.checks] == [
        (check.id, check.status, check.message) for check in there.checks
    ]
    assert {check.status for check in here.checks} != {"passed"}


def test_grade_runs_all_checks(tmp_path):
    """`grade` takes a file, an exercise and a seed, and returns the complete record."""
    record = autograder.grade(EXERCISES[NAME].solution, NAME, seed=DEFAULT_SEED, course=ROOT)
    assert (record.score, record.max_score, record.seed) == (100, 100, DEFAULT_SEED)
    assert {check.visibility for check in record.checks} == {"public", "hidden"}
    assert record.isolation in ("good", "strong")
    empty = tmp_path / "x.py"
    empty.write_text("")
    record = autograder.grade(str(empty), NAME, seed=1, course=str(ROOT))
    assert (record.score, record.seed) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing.py", NAME), "nothing.py: .*was not submitted"),
        ((__file__, "nothing"), "no exercise 'nothing' in"),
    ],
)
def test_grade_says_what_it_misses(arguments, words):
    """A file or an exercise that does not exist is an error in one line."""
    with pytest.raises(UsageError, match=words):
        autograder.grade(*arguments, seed=1, course=ROOT)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_run(name, monkeypatch):
    """The examples in public docstrings give the results that they show, when run in the course's folder."""
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.unit
def test_all_examples_are_run():
    """Every module whose docstrings have examples is in the list above."""
    found = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in sorted((ROOT / "autograder").rglob("*.py"))
        if "    >>> " in file.read_text("utf-8")
    ]
    assert found == sorted(EXAMPLES)


@pytest.mark.unit
def test_public_functions_are_documented():
    """`check` and `grade` have numpydoc sections: parameters, what is returned, what is raised, examples."""
    for function in (autograder.check, autograder.grade):
        for section in ("Parameters", "Returns", "Raises", "Examples"):
            assert f"\n{section}\n{'-' * len(section)}\n" in inspect.getdoc(function)


@pytest.mark.unit
def test_import_is_light():
    """`import autograder` alone imports neither NumPy nor msgspec."""
    code = (
        "import sys, autograder; print(autograder.__version__, [n for n in ('numpy', 'msgspec') if n in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == f"{autograder.__version__} []\n"


@pytest.mark.unit
def test_own_files_share_a_worker_program():
    """The program is kept for the next file with the same limits and data; a program that has ended is replaced."""
    limits, data = Limits(cpu_seconds=1), {"data/x.csv": b"1"}
    with OwnSandboxes() as sandboxes:
        programs = [sandboxes.sandbox(limits, dict(data)).process for _ in range(2)]
        programs += [sandboxes.sandbox(limits, {"data/x.csv": b"2"}).process, sandboxes.sandbox(Limits(), {}).process]
        os.kill(programs[-1], signal.SIGKILL)
        os.waitid(os.P_PID, programs[-1], os.WEXITED | os.WNOWAIT)
        programs.append(sandboxes.sandbox(Limits(), {}).process)
        with sandboxes.sandbox(Limits(), {}).session():
            assert is_running(programs[-1])
    assert programs[0] == programs[1]
    assert len(set(programs)) == 4
    assert not any(map(is_running, programs))
