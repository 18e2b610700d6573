"""The commands, run for real: what they print, write and return."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.version import VERSION
from tests.conftest import EXERCISES, TRIAL, autograder


@pytest.fixture
def assignment(tmp_path) -> Path:
    """Return a student's copy of an assignment."""
    return Path(shutil.copytree(EXERCISES["dropout"].assignment, tmp_path / "dropout"))


@pytest.fixture
def submissions(tmp_path) -> Path:
    """Return a small class: six submissions to each of two exercises."""
    folder = tmp_path / "class"
    for exercise in ("normalization", "penalties"):
        for file in EXERCISES[exercise].submissions("accepted")[:6]:
            place = folder / f"student {file.stem[:3]} {file.stat().st_size}" / exercise
            place.mkdir(parents=True)
            shutil.copy(file, place / f"{exercise}.py")
    return folder


def without_seconds(results: Path) -> list[dict]:
    """Return the records of a results file without their timings."""
    records = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    for record in records:
        for check in record["checks"]:
            del check["seconds"]
    return records


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("dance",), "invalid choice"),
        (("check", "/no/such/place"), "does not exist"),
        (("check", "README.md"), "no answer key beside it"),
        (("check", "tests"), "no assignment in"),
        (("grade", "--output", "out"), "--submissions"),
        (("grade", *TRIAL, "--submissions", "/no/such/place", "--output", "out"), "/no/such/place"),
        (("grade", "juggling", *TRIAL, "--submissions", "examples", "--output", "out"), "no exercise 'juggling'"),
        (("grade", *TRIAL, "--submissions", "examples", "--output", "out", "--jobs", "0"), "not a positive number"),
        (("grade", *TRIAL, "--submissions", "README.md", "--output", "out"), "README.md"),
        (("list", "juggling"), "no exercise 'juggling'"),
        (("release", "--course", "/no/such/place"), "no exercise in"),
    ],
)
def test_bad_arguments_are_told_in_one_line(arguments, words):
    """Whatever is wrong with the arguments, the command says so in one line and returns 2."""
    result = autograder(*arguments)
    assert result.returncode == 2
    assert words in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr


def test_check_of_a_stub_says_what_to_write(assignment):
    """A student who has written nothing yet is told so for every function, and the exit code is 1."""
    result = autograder("check", cwd=assignment)
    assert result.returncode == 1
    assert "dropout_forward is not written yet" in result.stdout
    assert "0 of 8 public checks passed" in result.stdout


def test_check_of_a_right_file_returns_zero(assignment):
    """A right file passes, whether it is found from its own folder, by its name, or from the folder above."""
    shutil.copy(EXERCISES["dropout"].submissions("accepted")[0], assignment / "dropout.py")
    for cwd, arguments in ((assignment, ()), (assignment.parent, ("dropout/dropout.py",)), (assignment.parent, ())):
        result = autograder("check", *arguments, cwd=cwd)
        assert result.returncode == 0, result.stdout
        assert "8 of 8 public checks passed" in result.stdout
        assert "\x1b" not in result.stdout  # no colors where there is no terminal


def test_check_runs_on_a_terminal_without_greek(tmp_path):
    """If the output can show only ASCII, titles with λ are shown with a question mark, and nothing crashes."""
    shutil.copytree(EXERCISES["penalties"].assignment, tmp_path / "penalties")
    command = [sys.executable, "-m", "autograder.cli.main", "check", "penalties"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "The penalty is ? times" in result.stdout
    assert "Traceback" not in result.stderr


def test_check_shows_values_and_what_was_printed(assignment):
    """A failed public check shows both values, the tolerance, and what the student printed."""
    source = (assignment / "dropout.py").read_text("utf-8")
    wrong = "\n\ndef dropout_forward(x, p, rng, training=True):\n    print('p is', p)\n    return 2 * x, None\n"
    (assignment / "dropout.py").write_text(source + wrong, "utf-8")
    shown = autograder("check", cwd=assignment).stdout
    assert "differ" in shown
    assert "got " in shown
    assert "expected " in shown
    assert "(tolerance " in shown
    assert "p is 0.3" in shown


def test_hint_says_more_every_time(assignment):
    """`check` names a recognized mistake with the first hint; each call of `hint` gives one more."""
    assert autograder("hint", cwd=assignment).returncode == 1  # the stub makes no mistake yet
    wrong = {file.name: file for file in EXERCISES["dropout"].submissions("wrong")}
    source = wrong["dropout_forward__p_as_keep_probability.py"].read_text()
    (assignment / "dropout.py").write_text("import numpy as np\n" + source, "utf-8")
    checked = autograder("check", cwd=assignment).stdout
    assert "It looks as if: p is the probability with which an element is kept." in checked
    assert "Hint: " in checked
    shown = [autograder("hint", "dropout_forward", cwd=assignment).stdout for _ in range(3)]
    assert [text.count("Hint ") for text in shown] == [1, 1, 1]
    assert ["Hint 2 of 3" in text for text in shown] == [True, False, False]
    assert "That was the last hint." not in shown[0]
    assert "That was the last hint." in shown[1]
    assert shown[1] == shown[2]


def test_hint_says_what_is_the_case_where_there_is_none(assignment):
    """`hint` tells apart: not started, right, wrong without a known mistake, and not valid Python."""
    stub = (assignment / "dropout.py").read_text("utf-8")
    right = EXERCISES["dropout"].solution.read_text("utf-8")
    wrong = "\n\ndef dropout_forward(x, p, rng, training=True):\n    return x * x + p, None\n"
    cases = {
        stub: "dropout_forward: not started yet",
        right: "dropout_forward: all public checks are passed",
        stub + wrong: "dropout_forward: wrong, but the mistake is not a known one",
        stub + "\nx = (\n": "can't be run (syntax, line ",
    }
    for source, words in cases.items():
        (assignment / "dropout.py").write_text(source, "utf-8")
        result = autograder("hint", "dropout_forward", cwd=assignment)
        assert words in result.stdout
        assert result.returncode == 1


def test_one_function_is_checked_by_its_name(assignment):
    """`check` takes the name of a function, from here or from above; for an unknown name, it lists the known ones."""
    shutil.copy(EXERCISES["dropout"].solution, assignment / "dropout.py")
    for cwd, arguments in ((assignment, ()), (assignment.parent, ()), (assignment.parent, ("dropout",))):
        result = autograder("check", *arguments, "dropout_backward", cwd=cwd)
        assert result.returncode == 0, result.stdout
        assert "1 of 1 public checks of dropout_backward passed" in result.stdout
        assert "vanilla" not in result.stdout
    result = autograder("check", "dropout_sideways", cwd=assignment)
    assert result.returncode == 2
    assert "no function 'dropout_sideways'; the functions here are dropout_forward, " in result.stderr


def test_grade_writes_the_same_records_on_any_number_of_jobs(submissions, tmp_path):
    """Records are the same with one job, with two, and on a second run, except for the seconds."""
    results = []
    for number, jobs in enumerate((1, 2, 1)):
        output = tmp_path / f"out{number}"
        arguments = (*TRIAL, "--submissions", submissions, "--output", output, "--jobs", jobs)
        result = autograder("grade", "normalization", "penalties", *arguments)
        assert result.returncode == 0, result.stderr
        results.append(without_seconds(output / "results.jsonl"))
    assert results[0] == results[1] == results[2]
    order = [(record["exercise"], record["student"]) for record in results[0]]
    assert order == sorted(order)
    assert len(order) == 2 * len(list(submissions.iterdir()))


def test_grade_prints_a_table_and_what_could_not_be_graded(submissions, tmp_path):
    """The closing table names exercises, means and medians, and a student whose file is missing."""
    (submissions / "absent").mkdir()
    result = autograder("grade", "normalization", *TRIAL, "--submissions", submissions, "--output", tmp_path / "out")
    assert result.returncode == 0
    assert "normalization" in result.stdout
    assert "100.0" in result.stdout
    assert "Missing" in result.stdout
    assert "absent,,,missing: normalization" in (tmp_path / "out" / "grades.csv").read_text("utf-8-sig")


def test_another_course_key_gives_other_answers_and_hands_out_the_same(keys):
    """Recorded answers change with the course key, also those of public checks; the students' answers never do."""
    pairs = list(zip(keys(1)["penalties"].checks, keys(2)["penalties"].checks, strict=True))
    for visibility in ("public", "hidden"):
        assert sum(one.recorded != other.recorded for one, other in pairs if one.visibility == visibility) >= 8
    assert keys(1)["penalties"].handed_out == keys(2)["penalties"].handed_out


def test_list_names_every_function_and_the_points():
    """The listing has every exercise, function and check."""
    listed = autograder("list").stdout
    for name in EXERCISES:
        assert f"{name}: " in listed
    assert "adam: 16 points" in listed


def test_module_is_the_command():
    """`python -m autograder` is the command, and its version is the package's."""
    command = [sys.executable, "-m", "autograder", "--version"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == f"autograder {VERSION}\n"


def test_new_exercise_is_released_verified_and_graded_as_it_is(tmp_path):
    """An exercise written by `new` is released, verified and graded as it is; warnings fail only `--strict`."""
    made = autograder("new", "softmax", cwd=tmp_path)
    assert made.returncode == 0
    assert "solutions/softmax/public_checks.py" in made.stdout.splitlines()
    assert autograder("release", cwd=tmp_path).returncode == 0
    verified = autograder("verify", "--seed", 1, cwd=tmp_path)
    assert verified.returncode == 0
    assert "warning: softmax, submissions/accepted/:" in verified.stdout
    assert "1 warning in 1 exercise, on course seed 1." in verified.stdout
    assert autograder("verify", "--seed", 1, "--strict", cwd=tmp_path).returncode == 1
    (tmp_path / "class" / "ada" / "softmax").mkdir(parents=True)
    solution = tmp_path / "solutions" / "softmax" / "softmax.py"
    shutil.copy(solution, tmp_path / "class" / "ada" / "softmax" / "softmax.py")
    graded = autograder("grade", "--seed", 1, "--submissions", "class", "--output", "out", cwd=tmp_path)
    assert graded.returncode == 0
    assert (tmp_path / "out" / "grades.csv").read_text("utf-8-sig") == (
        "student,softmax,total,status\nmaximum points,100,100,\nada,100,100,complete\n"
    )


def test_new_overwrites_nothing_and_takes_only_a_name_of_python(tmp_path):
    """An existing exercise is left alone, and a name that can't be a module's is refused, each in one line."""
    assert autograder("new", "softmax", cwd=tmp_path).returncode == 0
    for name in ("softmax", "soft-max"):
        again = autograder("new", name, cwd=tmp_path)
        assert again.returncode == 2
        assert again.stderr.count("\n") == 1
        assert name in again.stderr


def test_bare_command_lists_commands_by_who_needs_them():
    """Without a command, the help is printed, a student's commands first, each with a line."""
    result = autograder()
    assert result.returncode == 0
    students, _, instructors = result.stdout.partition("For instructors:")
    assert "For students:\n  check " in students
    assert "  debug " in students
    assert "\n  grade " in instructors
    assert result.stdout == autograder("--help").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completes_commands_and_options(shell):
    """Every shell's script knows the commands, and what `--format` takes."""
    result = autograder("completion", shell)
    assert result.returncode == 0
    for word in ("check", "debug", "grade-file", "junit"):
        assert word in result.stdout


def test_bash_completes_for_real():
    """Bash, with the script, completes a word that was begun."""
    script = autograder("completion", "bash").stdout
    function = re.findall(r"^complete .*-F (\w+) autograder$", script, re.MULTILINE)[0]
    asked = f"COMP_WORDS=(autograder deb); COMP_CWORD=1; {function} autograder deb autograder\n"
    asked += "printf '%s' \"${COMPREPLY[*]}\""
    result = subprocess.run(["bash", "-c", f"{script}\n{asked}"], capture_output=True, text=True, check=False)
    assert result.stdout.split() == ["debug"]


@pytest.mark.parametrize(
    ("package", "arguments", "extra"),
    [
        ("shtab", ("completion", "bash"), "student"),
        ("rich", ("grade", *TRIAL, "--submissions", "examples/class", "--output", "out"), "instructor"),
        ("torch", ("release", "--course", "."), "instructor"),
    ],
)
def test_command_without_its_package_names_the_extra(package, arguments, extra, tmp_path):
    """If a package is not installed, the command says in one line which extra brings it."""
    if package == "torch":
        autograder("new", "huber", "--course", tmp_path)
        arguments = ("release", "--course", tmp_path)
    (tmp_path / "blocked" / package).mkdir(parents=True)
    fact = f"raise ModuleNotFoundError(\"No module named '{package}'\", name='{package}')\n"
    (tmp_path / "blocked" / package / "__init__.py").write_text(fact, "utf-8")
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "blocked")}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert f"pip install 'numgrade[{extra}]'" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr


def test_check_shows_where_a_file_is_no_python(assignment):
    """The line is shown with a mark below the place, also where it is long or begins with tabs."""
    for text, line, marked in (
        ("x = 1\ndef f(x:\n    return x\n", "def f(x:", "("),
        ("if True:\n\tx = = 2\n", "x = = 2", "="),
        (f"y = [{'1, ' * 100}2 3 4]\n", "", "2"),
    ):
        (assignment / "dropout.py").write_text(text, "utf-8")
        shown = autograder("check", cwd=assignment).stdout.splitlines()
        number = next(number for number, each in enumerate(shown) if each.strip().startswith("^"))
        assert line in shown[number - 1]
        assert shown[number - 1][shown[number].index("^")] == marked


def test_check_before_there_is_a_file_says_so(assignment):
    """A missing file is reported as missing, not as unsubmitted; the message says where assignments are."""
    (assignment / "dropout.py").unlink()
    shown = " ".join(autograder("check", cwd=assignment).stdout.split())
    assert "dropout.py is not there yet (it begins as the stub that comes with the assignment)" in shown
    assert "submitted" not in shown
    (assignment.parent / "empty").mkdir()
    told = autograder("check", "empty", cwd=assignment.parent).stderr
    assert f"there is one in {assignment}" in told


def test_the_folder_that_a_course_gives_is_enough(assignment, tmp_path):
    """In the folder around `assignments/`, the name of a function is enough to find it."""
    shutil.copytree(assignment, tmp_path / "handout" / "assignments" / "dropout")
    shown = autograder("check", "dropout_forward", cwd=tmp_path / "handout").stdout
    assert "public checks of dropout_forward passed" in shown
