"""Write the folder that students get: assignments, this package, and what it takes to install and run them.

What enters are exercises and the answer keys of students. What leaves is a folder, or one zip file of it, from which a
student on an empty machine comes to a first verdict in two commands. It holds no solution, hidden check or reference.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from autograder.course import ExerciseFolder, UsageError
from autograder.key import AnswerKey
from autograder.release.folder import release
from autograder.release.wheel import write_wheel, write_zip

TEMPLATES = Path(__file__).with_name("students")
PLACES = {
    "README.md.in": "README.md",
    "settings.json.in": ".vscode/settings.json",
    "check.yml.in": ".github/workflows/check.yml",
}
PAGE = "lecture.md"  # of a course that has one in docs/
LINK = re.compile(r"\[(\w+)\]\(\.\./(assignments/\1/README\.md)\)")
ABOUT_PAGE = (
    f"| `{PAGE}` | what belongs to which slide, and in which order to do it, with the time that each exercise takes |\n"
)
PINNED = ("numpy", "msgspec", "pytest")  # pytest is for the test view of an editor
MARK = "requirements.txt"  # a folder that has something, but not this, is somebody else's


def release_bundle(exercises: Sequence[ExerciseFolder], keys: Sequence[AnswerKey], folder: Path) -> list[Path]:
    """Write the folder, and return its files.

    Raises `UsageError` where the folder holds something else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise UsageError(f"{folder} holds other files; name an empty folder, or one that this command has written")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.whl"):
        old.unlink()
    wheel = write_wheel(folder)
    page = exercises[0].root / "docs" / PAGE
    words = {
        "| `LECTURE` |\n": ABOUT_PAGE if page.is_file() else "",
        "FIRST": exercises[0].name,
        "WHEEL": wheel.name,
        "PYTHON": f"{sys.version_info.major}.{sys.version_info.minor}",
    }
    written = [wheel, folder / MARK]
    pins = "".join(f"{name}=={metadata.version(name)}\n" for name in PINNED)
    (folder / MARK).write_text(f"{pins}./{wheel.name}\n", "utf-8")
    for template, place in PLACES.items():
        text = (TEMPLATES / template).read_text("utf-8")
        for word, value in words.items():
            text = text.replace(word, value)
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        written.append(file)
    if page.is_file():
        (folder / PAGE).write_text(_for_students(page.read_text("utf-8"), exercises), "utf-8")
        written.append(folder / PAGE)
    for exercise, key in zip(exercises, keys, strict=True):
        written += release(exercise, key, folder / "assignments" / exercise.name)
    return written


def _for_students(page: str, exercises: Sequence[ExerciseFolder]) -> str:
    """Return the course's page with links to what is in the folder; what is not there is named without one."""
    names = {exercise.name for exercise in exercises}
    return LINK.sub(lambda link: f"[{link[1]}]({link[2]})" if link[1] in names else link[1], page)


def zip_bundle(folder: Path, files: Sequence[Path]) -> Path:
    """Write the folder's files into a zip file beside it, and return that."""
    file = folder.with_name(f"{folder.name}.zip")
    write_zip(file, {f"{folder.name}/{each.relative_to(folder).as_posix()}": each.read_bytes() for each in files})
    return file
