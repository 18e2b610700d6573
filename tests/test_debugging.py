"""`debug`, failing calls as code, and simpler inputs: the code runs by itself, and fails as the check does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder import wire
from autograder.authoring import Inputs
from autograder.debugging.calls import literal
from tests.conftest import EXERCISES, autograder
from tests.terminal import Terminal

RIGHT = EXERCISES["optimizers"].solution.read_text("utf-8")
NO_CORRECTION = """

def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    m = beta1 * state.get("m", 0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0) + (1 - beta2) * grad**2
    return x - lr * m / (np.sqrt(c) + eps), {"m": m, "c": c}
"""
LATER_WRONG = """

def momentum(x, grad, state, lr, rho=0.9):
    v = rho**2 * state.get("v", 0) + grad
    return x - lr * v, {"v": v}
"""
NO_LOOK_AHEAD = """

def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = rho * state.get("v", 0) - lr * grad_fn(x)
    return x + v, {"v": v}
"""
NO_RETURN = "\n\ndef sgd(x, grad, state, lr):\n    x - lr * grad\n"
RAISES = "\n\ndef rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):\n    return x.reshape(3, 2), None\n"
UNSHUFFLED = """

def minibatches(n, batch_size, rng):
    return [np.arange(n)[start : start + batch_size] for start in range(0, n, batch_size)]
"""


@pytest.fixture
def file(tmp_path) -> Path:
    """Return a student's file in a copy of an assignment."""
    shutil.copytree(EXERCISES["optimizers"].assignment, tmp_path / "optimizers")
    return tmp_path / "optimizers" / "optimizers.py"


def debug(file: Path, *arguments: str) -> Path:
    """Write a script by the real command, and return it."""
    result = autograder("debug", *arguments, cwd=file.parent)
    assert result.returncode == 0, result.stdout + result.stderr
    found = re.search(r"\S+debug_\w+\.py|debug_\w+\.py", result.stdout)
    assert found
    return file.parent / found[0]


def run(script: Path) -> subprocess.CompletedProcess[str]:
    """Run a script as a student does."""
    command = [sys.executable, script.name]
    return subprocess.run(command, cwd=script.parent, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("check", "wrong", "words"),
    [
        ("adam", NO_CORRECTION, "x after step 1"),
        ("momentum.single_number", LATER_WRONG, "x after step 2"),
        ("nesterov", NO_LOOK_AHEAD, "x after step 2"),
        ("sgd", NO_RETURN, "TypeError"),
        ("rmsprop.single_number", RAISES, "ValueError: cannot reshape"),
        ("minibatches.shuffles_every_epoch", UNSHUFFLED, "they are not shuffled"),
    ],
)
def test_script_fails_as_the_check_does_until_the_function_is_right(file, check, wrong, words):
    """The script ends with 1 and says what is wrong; with the right function it ends with 0."""
    file.write_text(RIGHT + wrong, "utf-8")
    script = debug(file, check)
    failed = run(script)
    assert failed.returncode == 1
    assert words in failed.stdout + failed.stderr or wrong is NO_RETURN
    if wrong is not NO_LOOK_AHEAD:  # whose answers of the check's function are those at its own points
        file.write_text(RIGHT, "utf-8")
        assert run(script).returncode == 0, run(script)


def test_script_imports_this_package_only_where_the_check_must_judge(file):
    """A script for a compared value needs only NumPy and the student's file."""
    file.write_text(RIGHT + NO_CORRECTION, "utf-8")
    code = debug(file, "adam").read_text("utf-8").partition('"""\n\n')[2]
    assert re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE) == ["sys", "numpy", "optimizers"]


def test_script_of_a_notebook_runs_its_cells(file):
    """A function that is only in the notebook can be debugged, too; a cell that fails is reported, the others run."""
    text = '{"cells": [{"cell_type": "code", "source": %s, "metadata": {}, "outputs": [], "execution_count": null}], '
    text += '"metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    source = ["import numpy as np\n", "1 / 0\n", *NO_CORRECTION.splitlines(keepends=True)]
    file.with_suffix(".ipynb").write_text(text % re.sub(r"'", '"', str(source).replace('"', '\\"')), "utf-8")
    failed = run(debug(file, "adam"))
    assert failed.returncode == 1, failed
    assert "ZeroDivisionError" in failed.stdout
    assert "x after step 1" in failed.stdout


def test_debugger_stops_in_the_students_function(file):
    """`--pdb` stops where the failing call enters the function, with the check's arguments in place."""
    file.write_text(RIGHT + LATER_WRONG, "utf-8")
    with Terminal("debug", "momentum", "--pdb", cwd=file.parent, columns=100) as terminal:
        terminal.wait_for("--Call--", "def momentum(x, grad, state, lr, rho=0.9):", "(Pdb) ")
        terminal.press("p sorted(state)\n")
        terminal.wait_for("['v']")  # it is the second step, whose state came from the first one
        terminal.press("q\n")
        terminal.finish()


def test_debug_says_where_there_is_nothing(file):
    """A passed check, an unwritten function and an unknown name are each reported in a line."""
    assert "momentum is not written yet" in autograder("debug", "momentum", cwd=file.parent).stdout
    file.write_text(RIGHT, "utf-8")
    result = autograder("debug", "adam.single_number", cwd=file.parent)
    assert (result.returncode, result.stdout) == (1, "adam.single_number is passed: there is nothing to debug.\n")
    result = autograder("debug", "adam.single", cwd=file.parent)
    assert result.returncode == 2
    assert result.stderr.endswith("the checks here are adam.single_number\n")
    result = autograder("debug", "sgd.two_steps", cwd=file.parent)
    assert result.stderr.endswith("the checks here are sgd.one_step, sgd.single_number\n")


def test_check_tells_simpler_inputs_that_fail_too(file):
    """If a single element shows a mistake, the message says so; the script uses it, too, without `--as-checked`."""
    file.write_text(RIGHT + NO_LOOK_AHEAD, "utf-8")
    shown = " ".join(autograder("check", "nesterov", cwd=file.parent).stdout.split())
    assert "Already with x = [[" in shown
    assert "lr = 0.06, rho = 0.7: x after step 2 at (0, 0): got " in shown
    assert "of 6 elements" in shown
    assert "x_2 = np.array([[-" in debug(file, "nesterov").read_text("utf-8")
    assert run(debug(file, "nesterov", "--as-checked")).returncode == 1


def test_rounder_numbers_are_simpler_inputs(tmp_path):
    """If fewer numbers can't show the same mistake, numbers with fewer digits are used, and the script has them."""
    exercise = EXERCISES["initializers"]
    shutil.copytree(exercise.assignment, tmp_path / "initializers")
    file = tmp_path / "initializers" / "initializers.py"
    wrong = next(
        each for each in exercise.submissions("wrong") if each.stem.startswith("preactivation_variance__second")
    )
    file.write_text(f"{exercise.solution.read_text('utf-8')}\n\n{wrong.read_text('utf-8')}", "utf-8")
    shown = " ".join(autograder("check", "preactivation_variance", cwd=file.parent).stdout.split())
    told = re.search(r"Already with fan_in = 7, mean_w = (\S+), var_w = (\S+), mean_x = (\S+), var_x = (\S+): ", shown)
    assert told, shown
    assert all(re.fullmatch(r"-?\d\.\d", number) for number in told.groups())
    script = debug(file, "preactivation_variance")
    assert f"preactivation_variance(7, {told[1]}, " in script.read_text("utf-8")
    assert run(script).returncode == 1


def test_pytest_shows_the_call_what_was_printed_and_advice(file):
    """A failing item has its call as code, and what the function printed; advice comes at the end."""
    wrong = NO_CORRECTION.replace("    m = ", "    print('hello', lr)\n    grad *= 2\n    m = ", 1)
    file.write_text(RIGHT + wrong, "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-k", "adam"]
    shown = subprocess.run(command, cwd=file.parent, capture_output=True, text=True, check=False).stdout
    assert "The failing call of adam.single_number:" in shown
    assert "    x_next, state_next = adam(np.array(" in shown
    assert "hello 0.5" in shown
    assert "adam changes its argument grad in place; return new values instead." in shown


@pytest.mark.unit
@pytest.mark.parametrize(
    "values",
    [
        np.array(1.5),
        np.array([0.1, -2.0, np.nan, np.inf]),
        np.arange(6).reshape(2, 3),
        np.array([[True, False]]),
        np.zeros((0, 3)),
        np.array([1, 2], np.int32),
        np.array([0.1, 0.2], np.float32),
        np.random.default_rng(0).normal(size=(7, 5)),
    ],
)
def test_arrays_as_code_are_exact(values):
    """The written code gives the same array, including type and shape."""
    again = eval(literal(values, "name"))
    assert again.dtype == values.dtype
    assert again.shape == values.shape
    assert wire.pack(again) == wire.pack(values)


@pytest.mark.unit
def test_a_draw_is_drawn_again_by_its_code():
    """An array's own code draws it again, wherever in the check it was drawn."""
    inputs = Inputs(12345)
    inputs.normal(3)
    drawn = [inputs.normal(4, 2, scale=0.5), inputs.apart(3), inputs.permutation(5), inputs.positive(2)]
    for values, draw in zip(drawn, inputs.log[1:], strict=True):
        assert (eval(draw.code(12345)) == values).all()


def test_plot_draws_the_students_own_function(file):
    """`plot` draws functions that are written, says in a line what is not, and lists the functions with pictures."""
    result = autograder("plot", "adam", "-o", "adam.png", cwd=file.parent)
    assert (result.returncode, result.stdout) == (
        1,
        "A picture of what adam does is drawn here once adam is written.\n",
    )
    file.write_text(RIGHT, "utf-8")
    result = autograder("plot", "adam", "-o", "adam.png", cwd=file.parent)
    assert (result.returncode, result.stdout) == (0, "The picture is in adam.png.\n"), result.stderr
    assert (file.parent / "adam.png").read_bytes().startswith(b"\x89PNG")
    result = autograder("plot", "juggle", cwd=file.parent)
    assert result.returncode == 2
    assert "there is one of adadelta, adagrad, adam" in result.stderr


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (("-o", "sgd.xyz"), "sgd.xyz: Format 'xyz' is not supported"),
        (("-o", "none/sgd.png"), "none is not a folder: name a file in an existing folder"),
        ((), "no window can be opened here: write the picture into a file, -o sgd.png"),
    ],
)
def test_plot_says_where_no_picture_can_be(file, monkeypatch, output, words):
    """An unknown format, a missing folder, and a machine without windows are each reported in one line."""
    monkeypatch.setenv("MPLBACKEND", "agg")
    file.write_text(RIGHT, "utf-8")
    result = autograder("plot", "sgd", *output, cwd=file.parent)
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
