"""`check --watch` and what `check` shows on a terminal: the real commands in a pseudo-terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.cli.watch import changed_functions
from tests.conftest import EXERCISES, autograder
from tests.processes import descendants, is_running, wait_for
from tests.terminal import Terminal

RIGHT = EXERCISES["normalization"].solution.read_text("utf-8")
FUNCTION = "standardize"
WRONG = f"{RIGHT}\n\ndef {FUNCTION}(x, mean, std):\n    return x - mean\n"
ENDLESS = f"{RIGHT}\n\ndef {FUNCTION}(x, mean, std):\n    while True:\n        pass\n"

SLOW = f"""{RIGHT}

import time

once = []


def {FUNCTION}(x, mean, std):
    while not once and time.process_time() < 1.5:
        pass
    once.append(x)
"""


@pytest.fixture
def file(tmp_path) -> Path:
    """Return a student's file in a copy of an assignment, with a right solution in it."""
    shutil.copytree(EXERCISES["normalization"].assignment, tmp_path / "normalization")
    (tmp_path / "normalization" / "normalization.py").write_text(RIGHT, "utf-8")
    return tmp_path / "normalization" / "normalization.py"


def test_saving_checks_again_and_marks_what_changed(file):
    """Points are a bar; a saved file is checked, and changes are marked; `q` restores the terminal."""
    with Terminal("check", "--watch", cwd=file.parent) as terminal:
        shown = terminal.wait_for("✓ Passed: fit_standardizer, standardize", "h next hint")
        assert "█" in shown
        assert "newly" not in shown
        file.write_text(WRONG, "utf-8")
        shown = terminal.wait_for("newly failed", "h next hint", "differ")
        assert "✓ Passed: fit_standardizer" in shown
        assert shown.index("standardize  0 of") < shown.index("Passed: ")
        file.write_text(RIGHT, "utf-8")
        shown = terminal.wait_for("newly passed", "h next hint")
        assert "newly failed" not in shown
        terminal.press("q")
        assert terminal.finish() == 0
        assert "\x1b[?1049l" in terminal.raw
        assert "\x1b[2J" not in terminal.raw  # a screen that is cleared flickers
        assert terminal.screen().splitlines()[-1].endswith("public checks passed")


def test_save_interrupts_an_endless_loop_and_leaves_nothing(file):
    """After a second, the screen names what runs; saving ends it at once, with all of its processes."""
    file.write_text(ENDLESS, "utf-8")
    with Terminal("check", "--watch", cwd=file.parent) as terminal:
        terminal.wait_for("standardize: waiting, ", "s of CPU time   save interrupts")
        before = set(descendants(terminal.process.pid))
        file.write_text(RIGHT, "utf-8")
        terminal.wait_for("✓ Passed: fit_standardizer", "40 of 40 points", "h next hint")
        wait_for(lambda: not any(is_running(process) for process in before))
        terminal.press("q")
        assert terminal.finish() == 0


def test_hint_is_one_key_away(file):
    """`h` shows the next hint on the function that was changed last, or why there is none."""
    wrong = next(
        each for each in EXERCISES["normalization"].submissions("wrong") if each.stem.startswith("standardize")
    )
    file.write_text(RIGHT + wrong.read_text("utf-8"), "utf-8")
    with Terminal("check", "--watch", cwd=file.parent) as terminal:
        terminal.wait_for("It looks as if: ", "h next hint")
        terminal.press("h")
        terminal.wait_for("Hint 2 of 3: ")
        terminal.press("q")
        assert terminal.finish() == 1


def test_syntax_error_is_shown_until_it_is_gone(file):
    """For a file that is not Python, the screen says where; once it is, verdicts are there again."""
    file.write_text(f"{RIGHT}\nx = (\n", "utf-8")
    with Terminal("check", "--watch", cwd=file.parent) as terminal:
        terminal.wait_for("Not graded (syntax, line ", "h next hint")
        file.write_text(RIGHT, "utf-8")
        shown = terminal.wait_for("Passed: fit_standardizer, standardize", "h next hint")
        assert "Not graded" not in shown
        assert "newly" not in shown  # nothing was known before
        terminal.press("q")
        assert terminal.finish() == 0


def test_line_at_the_bottom_fits_a_narrow_terminal(file):
    """While a call is waited for, keys that don't fit are not shown: no line is broken, and the bar stays on top."""
    file.write_text(WRONG, "utf-8")
    with Terminal("check", "--watch", cwd=file.parent, columns=72, lines=9) as terminal:
        terminal.wait_for("standardize  0 of", "moves")
        file.write_text(ENDLESS, "utf-8")
        lines = terminal.wait_for("standardize: waiting, ", "q quit").splitlines()
        assert max(map(len, lines)) < 72
        assert "█" in lines[0]
        terminal.press("q")
        terminal.finish()


@pytest.mark.parametrize(("arguments", "words"), [((), "--watch needs a terminal"), (("--format", "json"), "choose")])
def test_watch_says_what_it_needs(file, arguments, words):
    """Without a terminal, or together with a format for programs, one line says that it can't run."""
    result = autograder("check", "--watch", *arguments, cwd=file.parent)
    assert result.returncode == 2
    assert words in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_text_is_wrapped_at_the_terminals_width(file, columns):
    """No line of a student's feedback is wider than the terminal, and messages use the whole width."""
    file.write_text(WRONG, "utf-8")
    with Terminal("check", cwd=file.parent, columns=columns) as terminal:
        assert terminal.finish() == 1
    lines = [line.rstrip("\r") for line in terminal.screen().splitlines()]
    assert max(map(len, lines)) < columns
    assert max(map(len, lines)) > columns - 20
    assert "\x1b[31m" in terminal.raw


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("check", "standardise"),
            "there is no file and no function 'standardise'; the functions here are fit_standardizer, standardize",
        ),
        (("chek",), "argument COMMAND: invalid choice: 'chek' (choose from "),
    ],
)
def test_complaint_is_wrapped_between_words(file, arguments, words):
    """An error message is broken between words, where a terminal of this width would break it inside a word."""
    with Terminal(*arguments, cwd=file.parent, columns=50) as terminal:
        assert terminal.finish() == 2
    lines = [line.rstrip("\r") for line in terminal.screen().splitlines()]
    assert max(map(len, lines)) < 50
    assert words in " ".join(lines)


def test_no_color_is_respected(file):
    """NO_COLOR removes colors and keeps the words."""
    with Terminal("check", cwd=file.parent, NO_COLOR="1") as terminal:
        assert terminal.finish() == 0
    assert "\x1b" not in terminal.raw
    assert "✓ passed" in terminal.raw


def test_check_says_what_it_waits_for(file):
    """A call that takes longer than a second is named on the terminal, and the line is gone afterwards."""
    file.write_text(SLOW, "utf-8")
    with Terminal("check", cwd=file.parent) as terminal:
        terminal.wait_for("standardize: waiting, ", " s of CPU time")
        assert "fit_standardizer  " in terminal.screen()  # its verdicts were shown meanwhile
        assert terminal.finish() == 1
    assert "waiting" not in terminal.screen()


def test_changed_functions_are_those_whose_code_differs_and_their_users():
    """A changed helper or import counts for the functions that use it; comments and unreadable text change nothing."""
    before = "import numpy as np\nA = 1\ndef helper(): return A\ndef f(): return helper()\ndef g(): return np.pi\n"
    names = {"f": (), "g": ()}
    assert changed_functions(before, before + "# more\n", names) == ()
    assert changed_functions(before, before.replace("A = 1", "A = 2"), names) == ("f",)
    assert changed_functions(before, before.replace("np.pi", "2 * np.pi"), names) == ("g",)
    assert changed_functions(before, before.replace("numpy", "cupy"), names) == ("g",)
    assert changed_functions(before, before + "def g(): return 3\n", names) == ("g",)
    assert changed_functions(before, before + "def g(", names) == ()
