"""Checking in a browser: Pyodide's Python has no processes, no threads and no `resource`, and neither has this one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

import autograder
from tests.conftest import EXERCISES, ROOT

# What Pyodide's Python lacks, made impossible before anything of ours is imported.
BROWSER = """
import os, sys, threading

def impossible(*_args, **_options):
    raise RuntimeError("can't start new thread")

threading.Thread.start = impossible
for name in ("fork", "posix_spawn", "sched_setaffinity", "sched_getaffinity", "prlimit"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("fcntl", "resource", "termios", "_posixsubprocess", "_multiprocessing", "multiprocessing.connection"):
    sys.modules[name] = None
sys.platform = "emscripten"
import msgspec
import autograder
record = autograder.check({file!r})
print(msgspec.json.encode(record).decode())
"""


def check_in_browser(file):
    """Return the record that a Python like a browser's gives."""
    command = [sys.executable, "-P", "-c", BROWSER.format(file=str(file))]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    return json.loads(result.stdout)


def told(record):
    """Return what a record says of each check."""
    return [(check["id"], check["status"], check["message"]) for check in record["checks"]]


@pytest.mark.parametrize("name", EXERCISES)
def test_check_needs_neither_processes_nor_threads(name, tmp_path):
    """A right file earns all public points there, and a file in which everything is returned as None fails as here."""
    folder = tmp_path / name
    shutil.copytree(EXERCISES[name].assignment, folder)
    stub = (folder / f"{name}.py").read_text("utf-8")
    shutil.copy(EXERCISES[name].solution, folder)
    right = check_in_browser(folder)
    assert right["score"] == right["max_score"] > 0
    (folder / f"{name}.py").write_text(stub.replace("raise NotImplementedError", "return None"), "utf-8")
    wrong = check_in_browser(folder)
    here = autograder.check(folder)
    assert wrong["score"] == 0
    assert told(wrong) == [(check.id, check.status, check.message) for check in here.checks]
