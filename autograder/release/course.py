"""Lay out a course folder for nbgrader: its configuration, and under `source/` a folder an exercise.

On disk afterwards: `nbgrader_config.py`, written once and then the instructor's own, and `source/<exercise>/` with the
notebook, the stub, the public answer book and data files, written anew each time. Nothing else is touched.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from autograder.book import Book
from autograder.catalogue import Exercise, UsageError
from autograder.release.carrier import make_carrier
from autograder.release.release import handout_of, release_files, stub_of

CONFIG = "nbgrader_config.py"
OURS = "autograder.nbgrader"
CONFIG_TEXT = """# What nbgrader reads in this folder; see `nbgrader --help-all` for all that can be set here.
import autograder.nbgrader

c = get_config()
c.CourseDirectory.course_id = {course!r}
autograder.nbgrader.configure(c)  # grades in a confined worker, where nbgrader would run the notebook itself
"""


def release_course(exercises: list[Exercise], books: list[Book], course: Path) -> list[Path]:
    """Write the course folder, and return the files written."""
    if importlib.util.find_spec("nbformat") is None:
        raise UsageError("notebooks need the extra `nbgrader`: pip install 'autograder[nbgrader]'")
    written = _configure(course)
    for exercise, book in zip(exercises, books, strict=True):
        folder = course / "source" / exercise.name
        folder.mkdir(parents=True, exist_ok=True)
        notebook = folder / f"{exercise.name}.ipynb"
        notebook.write_bytes(carrier_of(exercise, book))
        written += [notebook, *release_files(exercise, book, folder)]
    return written


def _configure(course: Path) -> list[Path]:
    """Write the configuration where there is none; one that is there is the instructor's, and must name us."""
    file = course / CONFIG
    if not file.exists():
        course.mkdir(parents=True, exist_ok=True)
        file.write_text(CONFIG_TEXT.format(course=course.resolve().name), "utf-8")
        return [file]
    if OURS not in file.read_text("utf-8"):
        raise UsageError(f"{file} does not switch our grading on; add: import {OURS}; {OURS}.configure(c)")
    return []


def carrier_of(exercise: Exercise, book: Book) -> bytes:
    """Return the notebook of an exercise, from its sources and its full book."""
    plots = {file.stem: file.read_text("utf-8") for file in exercise.plots}
    return make_carrier(handout_of(exercise, book), stub_of(exercise), book, plots)
