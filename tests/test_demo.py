"""`make demo`: answer keys come with the examples, and grading needs neither torch nor anything else for recording."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile

import pytest

from autograder.course import DEFAULT_SEED
from autograder.course_key import seeded
from autograder.nbgrader.configure import NBGRADER
from autograder.recording import key_file, key_files
from tests.conftest import EXERCISES, ROOT
from tests.record import SHIPPED

MISSING = ("torch", "nbgrader", "nbformat", "matplotlib", "dask", "distributed")


@pytest.mark.unit
def test_nbgrader_is_pinned_to_what_the_code_expects():
    """The extra `nbgrader` installs exactly the version that our configuration accepts."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert f"nbgrader=={NBGRADER}" in extras["nbgrader"]


@pytest.mark.parametrize("name", EXERCISES)
def test_shipped_key_is_what_recording_makes(name):
    """Each key that comes with the examples is what recording gives, byte for byte; if not, run make keys."""
    (file,) = key_files([EXERCISES[name]], seeded(DEFAULT_SEED))
    with zipfile.ZipFile(SHIPPED) as packed:
        assert packed.read(f"{name}.key") == file.read_bytes()


def test_demo_needs_no_torch_and_says_what_to_open(tmp_path):
    """In a copy without recorded keys, the demo grades a student, and the files that it says to open exist."""
    for name in ("solutions", "assignments"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("demo.py", "keys.zip", "class/ada"):
        place = tmp_path / "examples" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / "examples" / name).is_dir() else shutil.copy)(ROOT / "examples" / name, place)
    for name in MISSING:
        place = tmp_path / "missing" / f"{name}.py"
        place.parent.mkdir(exist_ok=True)
        place.write_text("raise ImportError('the demo does without this')", "utf-8")
    command = [sys.executable, str(tmp_path / "examples" / "demo.py"), str(tmp_path / "out")]
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "missing")}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found = {file.name for file in (tmp_path / ".autograder" / "keys").iterdir()}
    assert found == {key_file(exercise, seeded(DEFAULT_SEED)).name for exercise in EXERCISES.values()}
    for name in ("report.html", "grades.csv", "feedback/ada/optimizers.txt"):
        assert str(tmp_path / "out" / name) in ended.stdout
        assert (tmp_path / "out" / name).is_file()
