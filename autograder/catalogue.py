"""Find exercises: a folder under `solutions/` is one, whatever its name. Nothing here imports what it finds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

DEFAULT_SEED = 20261122  # of a course that has not chosen its own
REQUIRED = ("checks.py", "reference.py", "handout.md")


class UsageError(Exception):
    """The command can't do what it was asked; the text is one line for whoever typed it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Exercise:
    """An exercise of a course: where its secrets lie, and where its assignment goes."""

    name: str
    root: Path

    @property
    def folder(self) -> Path:
        """Return the folder of solution, reference and checks."""
        return self.root / "solutions" / self.name

    @property
    def solution(self) -> Path:
        """Return the NumPy solution that the stub is made from."""
        return self.folder / f"{self.name}.py"

    @property
    def assignment(self) -> Path:
        """Return the folder that students get."""
        return self.root / "assignments" / self.name

    @property
    def data(self) -> list[Path]:
        """Return the data files that checks ask with and students get too."""
        return sorted((self.folder / "data").glob("*"))

    @property
    def plots(self) -> list[Path]:
        """Return the cells that draw what a student's function does, one a function, named by it."""
        return sorted((self.folder / "plots").glob("*.py"))

    @property
    def variants(self) -> list[Path]:
        """Return right submissions, each written in another way: what checks must accept."""
        return sorted((self.folder / "variants").glob("*.py"))

    def version(self) -> str:
        """Return a hash of everything that asks, answers and judges."""
        return hash_files([*sorted(self.folder.glob("*.py")), *self.data])


def find_root(start: Path) -> Path:
    """Return the nearest folder from `start` upwards that has a `solutions/` folder."""
    for folder in (start, *start.parents):
        if (folder / "solutions").is_dir():
            return folder
    raise UsageError(f"no folder `solutions/` in {start} or above it: run this in a course, or name one with --course")


def find_exercises(root: Path, names: list[str]) -> list[Exercise]:
    """Return the named exercises, or all of them in alphabetical order."""
    found = sorted(folder.parent.name for folder in (root / "solutions").glob("*/checks.py"))
    unknown = [name for name in names if name not in found]
    if unknown:
        raise UsageError(
            f"no exercise {', '.join(map(repr, unknown))} in {root / 'solutions'}; it has {', '.join(found)}"
        )
    if not found:
        raise UsageError(f"no exercise in {root / 'solutions'}: an exercise is a folder with a checks.py")
    exercises = [Exercise(name=name, root=root) for name in (names or found)]
    for exercise in exercises:
        _require_files(exercise)
    return exercises


def hash_files(paths: list[Path]) -> str:
    """Return a short hash of the contents of files, in their order."""
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:16]


def _require_files(exercise: Exercise) -> None:
    missing = [name for name in (f"{exercise.name}.py", *REQUIRED) if not (exercise.folder / name).is_file()]
    if missing:
        raise UsageError(f"exercise {exercise.name}: {exercise.folder} lacks {', '.join(missing)}")
