"""Find the exercises of a course: every folder in `solutions/` is one. Nothing is imported from them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

DEFAULT_SEED = 20261122  # of tests and examples; a course has a key of its own
COURSE_FILE = "course.toml"  # of a course in one term
PUBLIC_CHECKS, HIDDEN_CHECKS, REFERENCE, MISCONCEPTIONS = (
    "public_checks.py",
    "hidden_checks.py",
    "reference.py",
    "misconceptions.py",
)
REQUIRED = (PUBLIC_CHECKS, HIDDEN_CHECKS, REFERENCE, "handout.md")


class UsageError(Exception):
    """The command can't do what was asked; the text is one line for the user."""


class CourseError(Exception):
    """An exercise has a mistake; the text says what, where, and what to do, in one line for its author."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExerciseFolder:
    """An exercise of a course on disk: the folder with its sources, and the folder for its assignment."""

    name: str
    root: Path

    @property
    def folder(self) -> Path:
        """Return the folder with solution, reference and checks."""
        return self.root / "solutions" / self.name

    @property
    def solution(self) -> Path:
        """Return the NumPy solution from which the stub is made."""
        return self.folder / f"{self.name}.py"

    @property
    def assignment(self) -> Path:
        """Return the folder that students get."""
        return self.root / "assignments" / self.name

    @property
    def data(self) -> list[Path]:
        """Return the data files, which checks use and students get."""
        return sorted((self.folder / "data").glob("*"))

    @property
    def plots(self) -> list[Path]:
        """Return the notebook cells that draw pictures of functions, one per function, named after it."""
        return sorted((self.folder / "plots").glob("*.py"))

    def check_sources(self) -> dict[str, bytes]:
        """Return the files of the checks by name: Python files and data, without solution and reference."""
        answers = {self.solution.name, REFERENCE, MISCONCEPTIONS}
        python = [file for file in sorted(self.folder.glob("*.py")) if file.name not in answers]
        return {file.relative_to(self.folder).as_posix(): file.read_bytes() for file in (*python, *self.data)}

    def submissions(self, kind: str) -> list[Path]:
        """Return the known submissions of a kind: `accepted`, `wrong`, or `unearned`."""
        return sorted((self.folder / "submissions" / kind).glob("*.py"))

    def version(self) -> str:
        """Return a hash of everything on which results depend: checks, reference, solution, misconceptions."""
        return hash_files([*sorted(self.folder.glob("*.py")), *self.data])


def private_files(exercises: list[ExerciseFolder]) -> list[Path]:
    """Return files that submissions must not read: folders of the course, references, the course key, answer keys."""
    roots = list(dict.fromkeys(exercise.root for exercise in exercises))
    answers = [place for exercise in exercises for place in (exercise.folder, exercise.folder / REFERENCE)]
    keys = [file for root in roots for file in sorted((root / ".autograder").rglob("*")) if file.is_file()]
    return [*roots, *(root / "solutions" for root in roots), *answers, *keys]


def find_root(start: Path, *, nearest: bool = False) -> Path:
    """Return the folder from `start` upwards that has a `solutions/` folder.

    If several have one, a submission's folder may be among them. With `nearest`, the nearest one is returned, for
    folders that were named and commands that run nothing; otherwise, that is a `UsageError`.
    """
    found = [folder for folder in (start, *start.parents) if (folder / "solutions").is_dir()]
    if not found:
        raise UsageError(
            f"no folder `solutions/` in {start} or above it: run this in a course, or name one with --course"
        )
    if len(found) > 1 and not nearest:
        raise UsageError(
            f"{' and '.join(map(str, found[:2]))} both have a folder `solutions/`, whose code is run: name the course "
            "with --course"
        )
    return found[0]


def find_exercises(root: Path, names: list[str]) -> list[ExerciseFolder]:
    """Return the named exercises, or all of them in alphabetical order."""
    found = sorted(folder.parent.name for folder in (root / "solutions").glob(f"*/{PUBLIC_CHECKS}"))
    unknown = [name for name in names if name not in found]
    if unknown:
        raise UsageError(
            f"no exercise {', '.join(map(repr, unknown))} in {root / 'solutions'}; it has {', '.join(found)}"
        )
    if not found:
        raise UsageError(f"no exercise in {root / 'solutions'}: an exercise is a folder with a {PUBLIC_CHECKS}")
    exercises = [ExerciseFolder(name=name, root=root) for name in (names or found)]
    for exercise in exercises:
        missing = [name for name in (exercise.solution.name, *REQUIRED) if not (exercise.folder / name).is_file()]
        if missing:
            raise UsageError(f"exercise {exercise.name}: {exercise.folder} lacks {', '.join(missing)}")
    return exercises


def hash_files(paths: list[Path]) -> str:
    """Return a short hash of the contents of files, in their order."""
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:16]
