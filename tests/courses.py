"""A sound course with one tiny exercise, to break in one place at a time."""

from __future__ import annotations

import shutil
from pathlib import Path

from autograder.course import ExerciseFolder

NAME = "tiny"
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
    "public_checks.py": '''from autograder.authoring import Exercise

exercise = Exercise("tiny")
double = exercise.function("double", returns="y")
shift = exercise.function("shift", returns="y")


@double.check(points=40)
def doubles(student, inputs, expect):
    """Every element is doubled"""
    expect.reference("y", student.double(inputs.apart(3)))
''',
    "hidden_checks.py": '''from .public_checks import double, shift


@shift.check(points=60)
def shifts(student, inputs, expect):
    """Every element is shifted"""
    expect.reference("y", student.shift(inputs.apart(2, most=3.0), 0.5))
''',
    "misconceptions.py": """import numpy as np

from autograder.authoring import Misconceptions

wrong = Misconceptions()


@wrong("double.squares", "Twice is the square.", "What is twice 3?", "Twice 3 is 6; yours is 9.", "Look at the sign.")
def double(x):
    return x * x


wrong.patch(
    "shift.ignores_by", "It is always 1.", "What is by for?", "1 and 0.5 make 1.5; yours is 2.", "Look for by.",
    replace="x + by", by="x + 1.0",
)
""",
    "handout.md": "# Tiny\n\n{{checks}}\n",
    "submissions/wrong/double__halves.py": "def double(x):\n    return x / 2\n",
    "submissions/wrong/shift__subtracts.py": "def shift(x, by=1.0):\n    return x - by\n",
    "submissions/unearned/zeros.py": "# earns nothing: double, shift\ndouble = shift = lambda x, by=1: 0 * x\n",
}  # fmt: skip
WAYS = ("2 * x", "x * 2", "x + x", "2.0 * x", "x / 0.5", "[2 * each for each in x]", "np.add(x, x)", "3 * x - x")


def write_course(root: Path) -> ExerciseFolder:
    """Write the course into a folder; its exercise is not released yet."""
    exercise = ExerciseFolder(name=NAME, root=root)
    files = dict(FILES)
    for number, way in enumerate(WAYS):
        text = f"import numpy as np\ndef double(x): return {way}\ndef shift(x, by=1.0): return x + by\n"
        files[f"submissions/accepted/way_{number}.py"] = text
    for name, text in files.items():
        file = exercise.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return exercise


def write_twin(exercise: ExerciseFolder, name: str) -> ExerciseFolder:
    """Write the same exercise into its course once more, under another name."""
    twin = ExerciseFolder(name=name, root=exercise.root)
    shutil.copytree(exercise.folder, twin.folder)
    (twin.folder / f"{exercise.name}.py").rename(twin.solution)
    edit(twin, "public_checks.py", (f'Exercise("{exercise.name}")', f'Exercise("{name}")'))
    return twin


def edit(exercise: ExerciseFolder, file: str, *changes: tuple[str, str]) -> None:
    """Replace text in a file of the exercise; each text must be there."""
    path = exercise.folder / file
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, f"{file} has no {old!r}"
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
