"""Commands that are started in a student's folder, or name a file in one, run none of the files there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.assignment import find_assignments
from autograder.course import UsageError
from autograder.course_key import HANDED_OUT
from autograder.recording import open_keys
from autograder.release import find_released_notebook, release
from tests.conftest import ROOT, TRIAL, autograder
from tests.courses import FILES, NAME, edit, write_course

BIN = Path(sys.executable).parent
SOLUTION = FILES[f"{NAME}.py"]
# What the commands and their processes import at some time, of Python's, of others', and of ours.
SHADOWS = (
    *("__future__", "argparse", "ast", "asyncio", "codecs", "concurrent", "contextlib", "csv", "ctypes", "dataclasses"),
    *("functools", "hashlib", "importlib", "io", "json", "multiprocessing", "os", "pathlib", "pickle", "random", "re"),
    *("secrets", "select", "signal", "site", "sitecustomize", "socket", "sqlite3", "struct", "subprocess", "tempfile"),
    *("textwrap", "threading", "types", "typing", "unicodedata", "usercustomize", "warnings", "weakref"),
    *("msgspec", "numpy", "rich", "torch", "nbformat"),
    *("conftest", "reference", "public_checks", "hidden_checks", "misconceptions"),
)
# The path of the module begins with the folder that it is started in. It comes first, and records.
COMMANDS = {
    "module": [sys.executable, "-m", "autograder"],
    "command": [str(BIN / "autograder")],
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course whose reference imports PyTorch."""
    exercise = write_course(tmp_path_factory.mktemp("torch") / "course")
    edit(exercise, "reference.py", ("import numpy as np", "import numpy as np\nimport torch"))
    return exercise.root


@pytest.fixture(params=COMMANDS, scope="module")
def foreign(request, course, tmp_path_factory):
    """Return a function that runs the command in the folder of a student who submits modules of every name."""
    place = tmp_path_factory.mktemp(request.param)
    (place / "course").symlink_to(course)
    for number in range(6):  # enough for two processes
        submit(place, f"student{number}", f"{SOLUTION}\n# {number}\n")
    mallory = submit(place, "mallory").parent
    for name in SHADOWS:
        (mallory / f"{name}.py").write_text(f"open({str(place)!r} + '/ran_{name}', 'w').close()\n", "utf-8")
    (mallory / "pytest.ini").write_text("[pytest]\naddopts = -p reference\npythonpath = .\n", "utf-8")

    def run(*arguments: object) -> str:
        words = [*COMMANDS[request.param], *map(str, arguments)]
        result = subprocess.run(words, cwd=mallory, capture_output=True, text=True, check=False)
        assert sorted(file.name for file in place.glob("ran_*")) == []
        assert result.returncode == 0, result.stderr
        return result.stdout

    return place, run


def submit(place: Path, student: str, source: str = SOLUTION) -> Path:
    """Put a submission into its place."""
    file = place / "class" / student / NAME / f"{NAME}.py"
    file.parent.mkdir(parents=True)
    file.write_text(source, "utf-8")
    return file


def test_grading_in_a_students_folder_runs_nothing_of_it(foreign):
    """Recording, two grading processes, workers, results and histories import no module of the student's."""
    place, run = foreign
    words = ["grade", *TRIAL, "--course", place / "course", "--submissions", place / "class", "--output", place / "out"]
    assert "7 of 7 graded" in run(*words, "--jobs", 2)
    assert "7 of 7 unchanged" in run(*words)
    assert "0 of 7 results would change" in run(*words, "--preview")
    assert "100 of 100" in run("history", "mallory", "--output", place / "out")
    assert NAME in run("list", "--course", place / "course")


@pytest.mark.parametrize("where", [".", "{place}/class/mallory/tiny"])
def test_grading_one_file_runs_nothing_beside_it(foreign, where):
    """`grade-file` gives a right file all its points, and reads neither a conftest.py nor a pytest.ini beside it."""
    place, run = foreign
    file = Path(where.format(place=place), f"{NAME}.py")
    said = run("grade-file", file, "--exercise", NAME, *TRIAL, "--course", place / "course")
    assert f"{NAME}: 100 of 100 points" in said
    assert "hidden check" in said
    assert "confined at level" in said


def test_relative_course_is_found_from_a_students_folder(foreign):
    """A course that is named relative to the current folder is found by processes that do not stay in it."""
    _, run = foreign
    words = [*TRIAL, "--course", "../../../course", "--submissions", "../..", "--output", "../../../elsewhere"]
    assert "7 of 7 graded" in run("grade", *words, "--jobs", 2)


def test_a_students_release_is_not_the_one_that_was_released(tmp_path, monkeypatch):
    """Files in a student's folder that look released are not taken for released ones, wherever a command starts."""
    exercise = write_course(tmp_path / "course")
    mallory = submit(tmp_path, "mallory").parents[1]
    forged = mallory / "release" / NAME / f"{NAME}.ipynb"
    forged.parent.mkdir(parents=True)
    forged.write_text('{"cells": [{"cell_type": "code", "source": "forged"}]}', "utf-8")
    monkeypatch.chdir(mallory)
    for place in ("..", f"{NAME}/../.."):
        assert "forged" not in [cell.text for cell in find_released_notebook(exercise, Path(place)).cells]


@pytest.mark.parametrize("above", ["a course", "nothing"])
def test_a_course_among_submissions_is_nobodys(above, tmp_path):
    """Checks that a student submits are not run if a class is graded from there, nor below another course."""
    if above == "a course":
        write_course(tmp_path)
    mallory = submit(tmp_path, "mallory").parents[1]
    exercise = write_course(mallory)
    ran = tmp_path / "ran"
    for name in ("public_checks", "hidden_checks", "reference", "misconceptions"):
        file = exercise.folder / f"{name}.py"
        first = "from pathlib import Path\n" + f"Path({str(ran)!r}).write_text('')\n"
        file.write_text(first + file.read_text("utf-8"), "utf-8")
    commands = [["grade", *TRIAL, "--submissions", "..", "--output", "../../out"]]
    if above == "a course":
        commands += [["grade-file", f"{NAME}/{NAME}.py", "--exercise", NAME, *TRIAL], ["list"], ["verify"], ["release"]]
    for words in commands:
        result = autograder(*words, cwd=mallory)
        assert (result.returncode, result.stderr.count("\n")) == (2, 1), result.stderr
        assert "--course" in result.stderr
    assert not ran.exists()


@pytest.fixture(scope="module")
def among(tmp_path_factory):
    """Return a course with checks and an answer key among its submissions, which leave a file when they are run."""
    exercise = write_course(tmp_path_factory.mktemp("among"))
    (exercise.root / "course.toml").write_text("submissions = 'class'\n")
    folder = exercise.root / "class" / "mallory" / NAME
    release(exercise, open_keys([exercise], HANDED_OUT)[0], folder)
    for file in folder.rglob("*.py"):
        file.write_text(f"open({str(exercise.root / 'ran')!r}, 'w').close()\n{file.read_text('utf-8')}", "utf-8")
    return exercise.root


@pytest.mark.parametrize("where", ["there", "elsewhere"])
@pytest.mark.parametrize(
    "words", [["check"], ["hint"], ["debug", "double"], ["plot", "double"]], ids=lambda words: words[0]
)
def test_commands_for_students_run_nothing_among_submissions(words, where, among):
    """Checks and an answer key that a student submits are run by no command: these are for one's own folder."""
    there = f"class/mallory/{NAME}"
    cwd, named = (among / there, []) if where == "there" else (among, [f"{there}/{NAME}.py"])
    result = autograder(*words, *named, cwd=cwd)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1), result.stderr
    assert "among the submissions" in result.stderr
    assert "autograder grade-file" in result.stderr
    assert not (among / "ran").exists()


def test_students_may_work_where_submissions_are_read(tmp_path, monkeypatch):
    """A user who can't write course.toml is a student, whose own folder may be the one that is graded."""
    exercise = write_course(tmp_path)
    (tmp_path / "course.toml").write_text("submissions = 'class'\n")
    folder = tmp_path / "class" / "ada" / NAME
    release(exercise, open_keys([exercise], HANDED_OUT)[0], folder)
    with pytest.raises(UsageError, match="among the submissions"):
        find_assignments([folder])
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert [each.file.name for each in find_assignments([folder])] == [f"{NAME}.py"]


def test_pytest_has_no_option_for_somebody_elses_file():
    """Pytest would run files beside the submission, so the plugin has no option that names one."""
    command = [sys.executable, "-m", "pytest", "--submission=x", "--exercise=x"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "unrecognized arguments: --submission=x --exercise=x" in result.stderr


@pytest.mark.parametrize(
    ("file", "exercise", "words"),
    [
        ("nowhere.py", NAME, "was not submitted"),
        (f"{NAME}.py", "juggling", "no exercise 'juggling'"),
        ("", NAME, "is a folder"),
    ],
)
def test_file_that_cannot_be_graded_is_told_in_a_line(file, exercise, words, tmp_path):
    """A missing file, a folder and an unknown exercise are each reported in one line, with exit code 2."""
    write_course(tmp_path / "course")
    place = submit(tmp_path, "ada").parent / file
    result = autograder("grade-file", place, "--exercise", exercise, *TRIAL, "--course", "course", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_what_code_prints_cannot_steer_the_terminal(tmp_path):
    """`grade-file` shows the output of a failing function, without control characters."""
    write_course(tmp_path / "course")
    told = "\n\ndef double(x):\n    print('\\x1b[2J\\tgone')\n"
    file = submit(tmp_path, "eve", SOLUTION + told)
    result = autograder("grade-file", file, "--exercise", NAME, *TRIAL, "--course", "course", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "gone" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("foreign", ["module"], indirect=True)  # whose path begins with the folder that it starts in
def test_verifying_in_a_students_folder_runs_nothing_of_it(foreign):
    """`verify` grades an exercise's known submissions in other processes, and imports no module of the student's."""
    place, run = foreign
    run("release", "--course", place / "course")
    assert "in 1 exercise, on course seed 1." in run("verify", "--course", place / "course", "--seed", 1)
