"""Write the folders that are released: an assignment, all that students get, a course folder for nbgrader.

An assignment has the stub, the handout, the public checks as they are, their answer key (with the cells of the notebook
and the reference's lines in pictures), and the data files. The same sources give the same bytes.

What students get, as a folder or one zip file of it, has assignments with notebooks, this package as a wheel, and first
steps, with which a student on a fresh machine gets a first result in a few commands. It holds no solution, hidden check
or reference.

In a course folder for nbgrader, `nbgrader_config.py` is written only once; from then on it belongs to the instructor.
`source/<exercise>/`, with notebook, stub, public checks, their answer key and data files, is written each time. Nothing
else is touched.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

import msgspec

from autograder.course import PUBLIC_CHECKS, ExerciseFolder, UsageError
from autograder.key import SUFFIX, AnswerKey, write_key
from autograder.merge import NOTEBOOK_SUFFIX
from autograder.release.exercise import (
    load,
    make_notebook,
    make_released_notebook,
    make_standalone_notebook,
    read_handout,
    read_stub,
    reference_lines,
)
from autograder.version import VERSION

TEMPLATES = Path(__file__).with_name("students")
PLACES = {
    "README.md.in": "README.md",
    "settings.json.in": ".vscode/settings.json",
    "check.yml.in": ".github/workflows/check.yml",
}
PAGE = "lecture.md"  # copied if a course has one in docs/
LINK = re.compile(r"\[(\w+)\]\(\.\./(assignments/\1/README\.md)\)")
ABOUT_PAGE = (
    f"| `{PAGE}` | which exercise belongs to which slide, in which order to do them, and how long each takes |\n"
)
PINNED = ("numpy", "msgspec", "pytest")  # pytest is for the test view of an editor
ALONE = "| `standalone/` | the same notebooks for Colab: each is one file, and needs nothing beside it |\n"
MARK = "requirements.txt"  # a folder that has files, but not this one, was not written by this command
STANDALONE = "standalone"  # the folder of notebooks that need no other files
CONFIG = "nbgrader_config.py"
PLUGIN = "autograder.nbgrader"
CONFIG_TEXT = """# What nbgrader reads in this folder; see `nbgrader --help-all` for everything that can be set here.
import sys

try:
    import autograder.nbgrader
except ImportError as error:  # nbgrader itself would continue without autograder, and run what was submitted
    sys.exit(f"nbgrader_config.py: {{error}}. Next: use the environment in which autograder is installed.")

c = get_config()
c.CourseDirectory.course_id = {course!r}
# Grades in a sandbox, where nbgrader would run the notebook itself. `course` is the folder that holds solutions/, and
# the course key, which `autograder init` makes; `course_file` has due dates, and where the key is.
autograder.nbgrader.configure(c, course={root!r}{more})
"""
DISTRIBUTION = "numgrade"
PACKAGE = Path(__file__).resolve().parents[1]
INFO = f"{DISTRIBUTION}-{VERSION}.dist-info"
FIELDS = ("Summary", "License-Expression", "Requires-Python", "Provides-Extra", "Requires-Dist")
TAGS = "Wheel-Version: 1.0\nGenerator: autograder\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


# ---- an assignment


def release(exercise: ExerciseFolder, key: AnswerKey, folder: Path | None = None) -> list[Path]:
    """Write the assignment of an exercise.

    Raises `CourseError` if the solution has no marked region or a broken one, or the handout has no place for the table
    of checks.
    """
    folder = folder or exercise.assignment
    folder.mkdir(parents=True, exist_ok=True)
    handout = folder / "README.md"
    handout.write_text(read_handout(exercise, load(exercise).checks()), "utf-8")
    return [handout, *write_files(exercise, key, folder)]


def write_files(exercise: ExerciseFolder, key: AnswerKey, folder: Path) -> list[Path]:
    """Write a student's files except the handout: stub, public checks, their answer key, data files."""
    stub, public_key = folder / f"{exercise.name}.py", folder / f"{exercise.name}{SUFFIX}"
    stub.write_text(read_stub(exercise), "utf-8")
    checks = Path(shutil.copyfile(exercise.folder / PUBLIC_CHECKS, folder / PUBLIC_CHECKS))
    notebook, pictures = make_released_notebook(exercise).cells, reference_lines(exercise)
    write_key(msgspec.structs.replace(key, notebook=notebook, pictures=pictures), public_key)
    data = [folder / file.parent.name / file.name for file in exercise.data]
    for source, copy in zip(exercise.data, data, strict=True):
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, copy)
    return [stub, checks, public_key, *data]


# ---- the folder that students get


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


# ---- a course folder for nbgrader


def release_course(
    exercises: Sequence[ExerciseFolder], keys: Sequence[AnswerKey], course: Path, course_file: Path | None = None
) -> Iterator[Path]:
    """Write a course folder for nbgrader, configured by a course file, and yield its files as they are written.

    Raises `UsageError` if nbgrader is not installed, or the folder has a configuration that does not use autograder.
    Raises `CourseError` if a solution or a handout can't be released.
    """
    if importlib.util.find_spec("nbgrader") is None:
        raise UsageError("a course folder needs the extra `nbgrader`: pip install 'numgrade[nbgrader]'")
    config = course / CONFIG
    if not config.exists():
        course.mkdir(parents=True, exist_ok=True)
        root = str(exercises[0].root.resolve())
        more = f", course_file={str(course_file.resolve())!r}" if course_file else ""
        config.write_text(CONFIG_TEXT.format(course=course.resolve().name, root=root, more=more), "utf-8")
        yield config
    elif PLUGIN not in config.read_text("utf-8"):
        raise UsageError(f"{config} does not use autograder; add: import {PLUGIN}; {PLUGIN}.configure(c)")
    for exercise, key in zip(exercises, keys, strict=True):
        folder = course / "source" / exercise.name
        folder.mkdir(parents=True, exist_ok=True)
        notebook = folder / (exercise.name + NOTEBOOK_SUFFIX)
        notebook.write_bytes(make_notebook(exercise))
        yield from (notebook, *write_files(exercise, key, folder))


# ---- a wheel of this package, from the files that run here, so that students get the same code that grades them
#
# Its layout is that of the wheel specification 1.0 (packaging.python.org, "Binary distribution format").


def write_wheel(folder: Path) -> Path:
    """Write the wheel into a folder, and return it."""
    installed = metadata.distribution(DISTRIBUTION)
    files = {
        file.relative_to(PACKAGE.parent).as_posix(): file.read_bytes()
        for file in sorted(PACKAGE.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }
    said = installed.metadata
    lines = ["Metadata-Version: 2.4", f"Name: {DISTRIBUTION}", f"Version: {VERSION}"]
    lines += [f"{name}: {value}" for name in FIELDS for value in said.get_all(name) or ()]
    files[f"{INFO}/METADATA"] = "".join(f"{line}\n" for line in lines).encode()
    files[f"{INFO}/entry_points.txt"] = (installed.read_text("entry_points.txt") or "").encode()
    files[f"{INFO}/WHEEL"] = TAGS.encode()
    record = "".join(f"{name},sha256={_digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{INFO}/RECORD"] = f"{record}{INFO}/RECORD,,\n".encode()
    wheel = folder / f"{DISTRIBUTION}-{VERSION}-py3-none-any.whl"
    write_zip(wheel, files)
    return wheel


def write_zip(file: Path, contents: dict[str, bytes]) -> None:
    """Write an archive of files by name; the same contents give the same bytes, and scripts can be run."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name)  # dated 1980, so that the time of writing does not matter
            mode = 0o755 if content.startswith(b"#!") else 0o644
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, mode << 16
            archive.writestr(entry, content)


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
