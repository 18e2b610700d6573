"""A command that starts warm behaves as when it is started cold: it prints, reads and ends the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests import warm

SCRIPT = """
import atexit, os, sys
atexit.register(print, "at the end")
print(__name__, sys.argv, os.getcwd(), os.environ.get("OWN"), sorted(name for name in globals() if name[0] != "_"))
print("an error", file=sys.stderr)
sys.modules["__main__"].later = 1
print(later)
{end}
"""
ENDS = {
    "at its end": "",
    "with a code": "sys.exit(3)",
    "in an error": "1 / 0",
    "by a signal": "os.kill(os.getpid(), 9)",
}


def cold(*arguments: object, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run a command in a new interpreter."""
    command = [sys.executable, "-P", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **settings)


def last_lines(*results: subprocess.CompletedProcess[str]) -> list[tuple[int, str, list[str]]]:
    """Return how commands ended, what they printed, and the last line of their errors."""
    return [(result.returncode, result.stdout, result.stderr.splitlines()[-1:]) for result in results]


@pytest.mark.parametrize("end", ENDS)
def test_script_runs_as_the_main_program(tmp_path, end):
    """Arguments, folder, environment, names, output and exit are those of a script that is started cold."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(end=ENDS[end]), "utf-8")
    settings = {"cwd": tmp_path, "env": os.environ | {"OWN": "value"}}
    warmly, coldly = last_lines(warm.run("autograder", script, "a b", **settings), cold(script, "a b", **settings))
    assert warmly == coldly
    assert warmly[0] == {"at its end": 0, "with a code": 3, "in an error": 1, "by a signal": -signal.SIGKILL}[end]


@pytest.mark.parametrize(
    ("program", "arguments"),
    [
        ("autograder", ("-m", "autograder", "list", "normalization")),
        ("autograder", (warm.BIN / "autograder", "list", "juggling")),
        ("nbgrader", (warm.BIN / "nbgrader", "autograde")),
    ],
)
def test_command_says_what_it_says_cold(tmp_path, program, arguments):
    """Commands print the same and end the same, whether they succeed or not; nothing remains from the one before."""
    settings = {"cwd": tmp_path, "env": os.environ | warm.ENVIRONMENT | {"HOME": str(tmp_path)}}
    once, again = (warm.run(program, *arguments, **settings) for _ in range(2))
    expected = last_lines(cold(*arguments, **settings))
    assert last_lines(once) == last_lines(again) == expected
