"""Peers that start a process for each submission: otter's `run`, gradescope-utils' unittest runner, and pytest.

On disk, in a temporary folder for each of them, are the checks as the peer wants them, and the submission. What is
measured is its command from start to end.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from benchmarks.course import Subject
from benchmarks.environments import environment
from benchmarks.equivalent import PACKAGE, NamedCheck, named_checks, write_checks
from benchmarks.measure import command
from benchmarks.notebooks import notebook
from benchmarks.peer import Cost

PYTEST = """
import optimizers
import pytest
from {package} import CHECKS


@pytest.mark.parametrize("check", CHECKS)
def test_optimizers(check):
    check(optimizers)
"""
GRADESCOPE = """
import unittest

import optimizers
import {package} as checks
from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner


class TestOptimizers(unittest.TestCase):
{methods}

with open("results.json", "w") as file:
    JSONTestRunner(stream=file).run(unittest.defaultTestLoader.loadTestsFromTestCase(TestOptimizers))
"""
METHOD = """
    @weight({check.points})
    def test_{check.name}(self):
        checks.{check.name}(optimizers)
"""
OTTER = """
from otter.test_files import test_case

OK_FORMAT = False
name = "{function}"
points = None

{cases}
"""
CASE = """
@test_case(points={check.points})
def test_{check.name}(env):
    from types import SimpleNamespace

    import {package} as checks

    checks.{check.name}(SimpleNamespace(**env))
"""


class Pytest:
    """Plain pytest, with a test for each check; it knows no points, so that there are all or none."""

    name = "pytest"

    def __init__(self, folder: Path, matter: Subject, python: Path) -> None:
        self._folder = folder
        self._points = matter.points
        self._command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        write_checks(matter, folder)
        folder.joinpath("test_optimizers.py").write_text(PYTEST.format(package=PACKAGE), "utf-8")

    def grade(self, source: str) -> Cost:
        """Grade one submission."""
        self._folder.joinpath("optimizers.py").write_text(source, "utf-8")
        started = time.perf_counter()
        done = subprocess.run(self._command, cwd=self._folder, capture_output=True, check=False)
        seconds = time.perf_counter() - started
        return Cost(seconds=seconds, points=self._points if done.returncode == 0 else 0.0)


class Gradescope:
    """The unittest runner of gradescope-utils, as a Gradescope container starts it; its results file is read."""

    name = "gradescope-utils"

    def __init__(self, folder: Path, matter: Subject) -> None:
        self._folder = folder
        self._run = command(environment("gradescope-utils") / "python", "run_tests.py", cwd=folder)
        write_checks(matter, folder)
        methods = "".join(METHOD.format(check=check) for check in named_checks(matter.key))
        folder.joinpath("run_tests.py").write_text(GRADESCOPE.format(package=PACKAGE, methods=methods), "utf-8")

    def grade(self, source: str) -> Cost:
        """Grade one submission."""
        self._folder.joinpath("optimizers.py").write_text(source, "utf-8")
        started = time.perf_counter()
        self._run()
        seconds = time.perf_counter() - started
        return Cost(seconds=seconds, points=_points_in(self._folder / "results.json"))


class Otter:
    """Otter's `run`, without a container: a notebook, and tests that raise, in one file for each function."""

    name = "otter-grader"

    def __init__(self, folder: Path, matter: Subject) -> None:
        self._folder = folder
        commands = environment("otter-grader", "ipykernel")
        run = ("run", "--no-logo", "-a", "autograder.zip", "-o", ".", "submission.ipynb")
        self._run = command(commands / "otter", *run, cwd=folder)
        write_checks(matter, folder)
        folder.joinpath("tests").mkdir()
        for function, checks in groupby(named_checks(matter.key), key=lambda check: check.function):
            folder.joinpath("tests", f"{function}.py").write_text(_otter_test(function, list(checks)), "utf-8")
        command(commands / "otter", "generate", "-t", "tests", "-o", "autograder.zip", PACKAGE, cwd=folder)()

    def grade(self, source: str) -> Cost:
        """Grade one submission."""
        cells = ["import otter\ngrader = otter.Notebook()", source]
        self._folder.joinpath("submission.ipynb").write_text(notebook(cells), "utf-8")
        started = time.perf_counter()
        self._run()
        seconds = time.perf_counter() - started
        return Cost(seconds=seconds, points=_points_in(self._folder / "results.json"))


def _otter_test(function: str, checks: Sequence[NamedCheck]) -> str:
    cases = "\n".join(CASE.format(check=check, package=PACKAGE) for check in checks)
    return OTTER.format(function=function, cases=cases)


def _points_in(results: Path) -> float:
    return sum(float(test.get("score", 0.0)) for test in json.loads(results.read_text("utf-8"))["tests"])
