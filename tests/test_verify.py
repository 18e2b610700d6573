"""Verification, on a small course: it finds nothing in a sound one, and every safeguard trips on its own mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.catalogue import Exercise
from autograder.verify.verify import verify
from tests.conftest import autograder

FILES = {
    "tiny.py": '''"""A tiny exercise."""
from __future__ import annotations

import numpy as np


def double(x: np.ndarray) -> np.ndarray:
    """Return every element twice as large."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


def shift(x: np.ndarray, by: float = 1.0) -> np.ndarray:
    """Return every element larger by a number."""
    ### BEGIN SOLUTION
    return x + by
    ### END SOLUTION
''',
    "reference.py": """import numpy as np


def double(x):
    return x + x


def shift(x, by=1.0):
    return np.add(x, by)
""",
    "checks.py": """import numpy as np

from autograder.ask import Suite, returns, same

suite = Suite({"double": returns("y"), "shift": returns("y")})


@suite.public("double", "reference", "Every element is doubled", points=40)
def doubles(ask, draw):
    yield same("y", ask.double(draw.apart(3)))


@suite.hidden("shift", "reference", "Every element is shifted", points=60)
def shifts(ask, draw):
    yield same("y", ask.shift(draw.apart(2, most=3.0), 0.5))
""",
    "misconceptions.py": """import numpy as np

from autograder.ask import Misconceptions

wrong = Misconceptions()


@wrong("double.squares", "Twice is the square.", "What is twice 3?", "Twice 3 is 6; yours is 9.", "Look at the sign.")
def double(x):
    return x * x


@wrong("shift.ignores_by", "It is always 1.", "What is by for?", "1 and 0.5 make 1.5; yours is 2.", "Look for by.")
def shift(x, by=1.0):
    return x + 1.0
""",
    "handout.md": "# Tiny\n\n{{checks}}\n",
}
FACTORS = ("2 * x", "x * 2", "x + x", "2.0 * x", "x / 0.5", "[2 * each for each in x]", "np.add(x, x)", "3 * x - x")


@pytest.fixture
def course(tmp_path) -> Path:
    """Return the folder of a sound course with one exercise, released."""
    folder = tmp_path / "solutions" / "tiny"
    (folder / "variants").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    for number, factor in enumerate(FACTORS):
        variant = f"import numpy as np\ndef double(x): return {factor}\ndef shift(x, by=1.0): return x + by\n"
        (folder / "variants" / f"way_{number}.py").write_text(variant, "utf-8")
    release(tmp_path)
    return tmp_path


def release(course: Path) -> None:
    """Release the course's exercise."""
    result = autograder("release", cwd=course)
    assert result.returncode == 0, result.stderr


def edit(course: Path, file: str, *changes: tuple[str, str]) -> None:
    """Replace text in a file of the exercise."""
    path = course / "solutions" / "tiny" / file
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def defects(course: Path, seed: int = 5) -> list[str]:
    """Return what verification finds, as place and fact."""
    _, found = verify(Exercise(name="tiny", root=course), seed)
    return [f"{defect.place}: {defect.fact}" for defect in found if "release" not in defect.fact]


def test_sound_course_has_no_defect(course):
    """Nothing is found where nothing is wrong, and the figures say so."""
    figures, found = verify(Exercise(name="tiny", root=course), 5)
    assert found == []
    assert (figures.checks, figures.misconceptions, figures.killed, figures.named) == (2, 2, 2, 2)
    assert figures.margin > 100


SQUARED_TOO = """@wrong("double.power", "It is x².", "a", "b", "c")
def double(x):
    return x**2


"""
ZEROS = """@suite.hidden("double", "reference", "Nothing stays nothing", points=10)
def zeros(ask, draw):
    yield same("y", ask.double(np.zeros(3)))


"""
SIGN = """@suite.hidden("double", "property", "What is positive stays so", points=10)
def stays_positive(ask, draw):
    yield holds(ask.double(draw.positive(3)) > 0, "Something is not positive any more.")


"""
MISTAKES = {
    "stub_earns_points": (
        "tiny.py",
        [("    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION\n", "    return 2 * x\n")],
        "the stub: earns 40 points; attempted: double.doubles",
    ),
    "solution_is_wrong": ("tiny.py", [("return 2 * x", "return 3 * x")], "tiny.py: double.doubles is failed"),
    "reference_is_wrong": (
        "reference.py",
        [("return x + x", "raise KeyError('x')")],
        "the answer book: can't be recorded: exercise tiny, double.doubles: the reference's double gave",
    ),
    "misconception_loses_nothing": (
        "misconceptions.py",
        [("return x * x", "return x + x")],
        "misconceptions.py, double.squares: loses no points",
    ),
    "misconception_loses_elsewhere": (
        "checks.py",
        [("ask.shift(draw.apart(2, most=3.0), 0.5)", "ask.shift(ask.double(draw.apart(2)), 0.5)")],
        "misconceptions.py, double.squares: loses points of another function, in shift.shifts",
    ),
    "misconceptions_behave_alike": (
        "misconceptions.py",
        [('@wrong("shift', SQUARED_TOO + '@wrong("shift')],
        "misconceptions.py, double.squares: is not diagnosed as itself: it gets no name; double.power fits as well",
    ),
    "check_can_not_bite": (
        "checks.py",
        [
            ("points=40", "points=30"),
            ('@suite.hidden("shift"', ZEROS + '@suite.hidden("shift"'),
        ],
        "checks.py, double.zeros: is failed by no misconception",
    ),
    "constant_function_passes": (
        "checks.py",
        [("returns, same", "holds, returns, same"), ('@suite.hidden("shift"', SIGN + '@suite.hidden("shift"')],
        "checks.py, double.stays_positive: is passed by functions that always return ones",
    ),
    "margin_is_narrow": (
        "misconceptions.py",
        [("return x * x", "return 2.00002 * x")],
        "checks.py, double.doubles: rejects wrong values that are only",
    ),
    "variant_is_refused": (
        "variants/way_3.py",
        [("2.0 * x", "2.1 * x")],
        "variants/way_3.py: double.doubles is failed",
    ),
    "variant_is_diagnosed": (
        "variants/way_3.py",
        [("2.0 * x", "x * x")],
        "variants/way_3.py: is diagnosed as double.squares",
    ),
    "hint_is_missing": (
        "misconceptions.py",
        [(', "Look at the sign."', "")],
        "misconceptions.py, double.squares: has 2 different hints",
    ),
    "reference_to_nobody": (
        "misconceptions.py",
        [('"Look for by.")', '"Look for by.", like="shift.none")')],
        "misconceptions.py, shift.ignores_by: refers to shift.none, which must exist",
    ),
    "function_without_misconception": (
        "misconceptions.py",
        [('"double.squares"', '"shift.squares"'), ("def double(x):", "def shift(x, by=1.0):")],
        "misconceptions.py: has none about double",
    ),
    "points_do_not_add_up": ("checks.py", [("points=40", "points=39")], "checks.py: the checks are worth 99 points"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_safeguard_trips(name, course):
    """One mistake in a sound course is found, and named with its place."""
    file, changes, words = MISTAKES[name]
    edit(course, file, *changes)
    found = defects(course)
    assert any(defect.startswith(words) for defect in found), found


def test_too_few_variants_are_a_defect(course):
    """Eight right submissions are asked for."""
    (course / "solutions" / "tiny" / "variants" / "way_0.py").unlink()
    assert defects(course) == ["variants/: holds 7 right submissions, expected at least 8"]


def test_stale_assignment_is_a_defect(course):
    """An assignment that release would change is named, with the command that mends it."""
    (course / "assignments" / "tiny" / "README.md").write_text("Mine.", "utf-8")
    _, (found,) = verify(Exercise(name="tiny", root=course), 5)
    assert (found.place, found.fact) == ("assignments/tiny/", "README.md is not what release makes")
    assert found.mend == "run: autograder release tiny"


def test_every_seed_is_tried(course):
    """A mistake that only some inputs show is found by the command with several seeds, and makes its exit code 1."""
    edit(course, "misconceptions.py", ("return x + 1.0", "return np.abs(x) + by"))
    edit(course, "checks.py", ("draw.apart(2, most=3.0)", "draw.apart(1)"))
    release(course)
    by_seed = {seed: defects(course, seed) for seed in range(1, 9)}
    blind = next(seed for seed, found in by_seed.items() if found)
    sharp = next(seed for seed, found in by_seed.items() if not found)
    assert autograder("verify", "--seed", sharp, cwd=course).returncode == 0
    result = autograder("verify", "--seed", sharp, blind, cwd=course)
    assert result.returncode == 1
    assert "tiny, misconceptions.py, shift.ignores_by: loses no points. Next: write a check" in result.stdout
    assert result.stdout.splitlines()[0].split() == [
        "exercise", "seed", "checks", "misconceptions", "killed", "named", "margin", "seconds",
    ]  # fmt: skip
