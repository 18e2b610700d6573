"""Write the folder that students get: assignments with notebooks, this package, and first steps.

From exercises and the answer keys of students, it makes a folder, or one zip file of it, with which a student on a
fresh machine gets a first result in a few commands. It holds no solution, hidden check or reference.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from autograder.course import ExerciseFolder, UsageError
from autograder.key import AnswerKey
from autograder.merge import NOTEBOOK_SUFFIX
from autograder.release.folder import release
from autograder.release.notebook import make_notebook, make_standalone_notebook
from autograder.release.wheel import write_wheel, write_zip

TEMPLATES = Path(__file__).with_name("students")
PLACES = {
    "README.md.in": "README.md",
    "settings.json.in": ".vscode/settings.json",
    "check.yml.in": ".github/workflows/check.yml",
}
PAGE = "lecture.md"  # copied if a course has one in docs/
LINK = re.compile(r"\[(\w+)\]\(\.\./(assignments/\1/README\.md)\)")
ABOUT_PAGE = (
    f"| `{PAGE}` | what belongs to which slide, and in which order to do it, with the time that each exercise takes |\n"
)
PINNED = ("numpy", "msgspec", "pytest")  # pytest is for the test view of an editor
ALONE = "| `standalone/` | the same notebooks for Colab: each is one file, and needs nothing beside it |\n"
MARK = "requirements.txt"  # a folder that has files, but not this one, was not written by this command


STANDALONE = "standalone"  # the folder of notebooks that need no other files


def release_bundle(
    exercises: Sequence[ExerciseFolder], keys: Sequence[AnswerKey], folder: Path, standalone: str | None = None
) -> Iterator[Path]:
    """Write the folder, and yield its files as they are written.

    Parameters
    ----------
    exercises, keys
        The exercises to release, with the answer keys of students.
    folder
        The folder to write.
    standalone
        What standalone notebooks install: a URL, a wheel's path or a name; without it, none are written.

    Raises
    ------
    UsageError
        If the folder holds something else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise UsageError(f"{folder} holds other files; name an empty folder, or one that this command has written")
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.whl"), *folder.glob(f"{STANDALONE}/*{NOTEBOOK_SUFFIX}")):
        old.unlink()
    wheel = write_wheel(folder)
    page = exercises[0].root / "docs" / PAGE
    yield wheel
    pins = "".join(f"{name}=={metadata.version(name)}\n" for name in PINNED)
    (folder / MARK).write_text(f"{pins}./{wheel.name}\n", "utf-8")
    yield folder / MARK
    words = {
        "| `LECTURE` |\n": ABOUT_PAGE if page.is_file() else "",
        "FIRST": exercises[0].name,
        "WHEEL": wheel.name,
        "PYTHON": f"{sys.version_info.major}.{sys.version_info.minor}",
        "ALONE": ALONE if standalone else "",
    }
    for template, place in PLACES.items():
        text = (TEMPLATES / template).read_text("utf-8")
        for word, value in words.items():
            text = text.replace(word, value)
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        yield file
    if page.is_file():
        (folder / PAGE).write_text(_for_students(page.read_text("utf-8"), exercises), "utf-8")
        yield folder / PAGE
    for exercise, key in zip(exercises, keys, strict=True):
        yield from _release(exercise, key, folder, standalone)


def _release(exercise: ExerciseFolder, key: AnswerKey, folder: Path, standalone: str | None) -> Iterator[Path]:
    """Write an exercise's assignment and its notebooks."""
    place = folder / "assignments" / exercise.name
    written = release(exercise, key, place)
    yield from written
    notebook = place / f"{exercise.name}{NOTEBOOK_SUFFIX}"
    notebook.write_bytes(make_notebook(exercise, marks=False))
    yield notebook
    if standalone:
        beside = [file.relative_to(place).as_posix() for file in written]
        files = {
            name: (place / name).read_bytes() for name in beside if name not in ("README.md", f"{exercise.name}.py")
        }
        alone = folder / STANDALONE / f"{exercise.name}{NOTEBOOK_SUFFIX}"
        alone.parent.mkdir(exist_ok=True)
        alone.write_bytes(make_standalone_notebook(exercise, standalone, files))
        yield alone


def _for_students(page: str, exercises: Sequence[ExerciseFolder]) -> str:
    """Return the course's page with links to files in the folder; other links become plain text."""
    names = {exercise.name for exercise in exercises}
    return LINK.sub(lambda link: f"[{link[1]}]({link[2]})" if link[1] in names else link[1], page)


def zip_bundle(folder: Path, files: Sequence[Path]) -> Path:
    """Write the folder's files into a zip file beside it, and return that."""
    file = folder.with_name(f"{folder.name}.zip")
    write_zip(file, {f"{folder.name}/{each.relative_to(folder).as_posix()}": each.read_bytes() for each in files})
    return file
