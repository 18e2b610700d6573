"""Checking in a browser: Python there has no processes, no threads and no `resource`; these tests remove all three."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

import autograder
from autograder.release import make_standalone_notebook
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
"""
CHECK = """
record = autograder.check({file!r})
print(msgspec.json.encode(record).decode())
"""
# How JupyterLite runs cells: one shell in the page, which keeps no history on disk. What it makes of `%pip` calls its
# own installer, `piplite`, which is there.
NOTEBOOK = """
import json, types
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell

async def install(**_options):
    pass

sys.modules["piplite"] = types.ModuleType("piplite")
sys.modules["piplite"].install = install
HistoryManager.enabled = False
shell = InteractiveShell.instance()
for cell in json.loads({cells!r}):
    outcome = shell.run_cell(cell, store_history=True)
    outcome.raise_error()
"""


def in_browser(program, cwd=ROOT):
    """Return what a program prints in a Python like a browser's."""
    command = [sys.executable, "-P", "-c", BROWSER + program]
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def check_in_browser(file):
    """Return the record that a Python like a browser's gives."""
    return json.loads(in_browser(CHECK.format(file=str(file))))


def told(record):
    """Return what a record says of each check."""
    return [(check["id"], check["status"], check["message"]) for check in record["checks"]]


@pytest.mark.parametrize("name", EXERCISES)
def test_check_needs_neither_processes_nor_threads(name, tmp_path):
    """A right file earns all public points there, and a file in which everything returns None fails as it does here."""
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


def test_standalone_notebook_is_checked_in_a_page(tmp_path):
    """In JupyterLite, the installation cell is not one of the student's own cells, and `check` gives verdicts."""
    exercise, name = EXERCISES["normalization"], "normalization"
    files = {each: (exercise.assignment / each).read_bytes() for each in ("public_checks.py", f"{name}.key")}
    notebook = json.loads(make_standalone_notebook(exercise, "numgrade", files))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    first = cells[0].replace(
        '%pip install --quiet "numgrade"',
        """\nawait __import__("piplite").install(**{'requirements': ['numgrade']})\n""",
    )
    assert first != cells[0]
    stub = next(cell for cell in cells if cell.startswith("def fit_standardizer"))
    filled = stub.replace("raise NotImplementedError", "return x.mean(axis=0), x.std(axis=0)")
    program = NOTEBOOK.format(cells=json.dumps([first, *cells[1:3], filled, 'check("fit_standardizer")\ncheck()']))
    told = in_browser(program, tmp_path)
    assert "All public checks passed." in told
    assert "standardize is not written yet" in told
    assert "piplite" not in told
    assert "Advice" not in told
