"""The checks as pytest items, in a pytest process of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import EXERCISES, solution_of


def run_pytest(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run pytest as a student would."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_student_sees_one_item_a_public_check(tmp_path):
    """In an assignment's folder, a half-written file gives one item per public check, with the check's message."""
    folder = shutil.copytree(EXERCISES["penalties"].assignment, tmp_path / "penalties")
    solution = solution_of(EXERCISES["penalties"])
    (folder / "penalties.py").write_text(solution + "\n\ndef l2(W, lam): return 0.0, W\n", "utf-8")
    result = run_pytest("-v", cwd=folder)
    assert "l2.value_of_a_matrix FAILED" in result.stdout
    assert "l1.value_of_a_matrix PASSED" in result.stdout
    assert "The penalty is λ times the sum of the squares" in result.stdout
    assert "penalty: got 0, expected" in result.stdout
    assert "autograder/" not in result.stdout.partition("short test summary")[0].partition("FAILURES")[2]


def test_public_checks_are_no_test_file_and_must_be_unchanged(tmp_path):
    """Only the student's file is collected; changed public checks are refused in one line."""
    folder = shutil.copytree(EXERCISES["penalties"].assignment, tmp_path / "penalties")
    listed = run_pytest("--collect-only", "-q", cwd=folder).stdout
    items = [line for line in listed.splitlines() if "::" in line]
    assert items
    assert all(item.startswith("penalties.py::") for item in items)
    with (folder / "public_checks.py").open("a", encoding="utf-8") as checks:
        checks.write("x = 1\n")
    result = run_pytest("-q", cwd=folder)
    assert result.returncode != 0
    assert "public_checks.py is not the file that the answer key was recorded from" in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr


def test_syntax_error_fails_every_item_with_its_message(tmp_path):
    """A file that can't be imported fails its items with the same message as the command, and breaks nothing."""
    folder = shutil.copytree(EXERCISES["penalties"].assignment, tmp_path / "penalties")
    (folder / "penalties.py").write_text("def l2(:\n", "utf-8")
    result = run_pytest("-q", cwd=folder)
    assert result.returncode == 1
    assert "syntax, line 1: SyntaxError" in result.stdout
    assert "    def l2(:\n           ^" in result.stdout
