"""Defaults for the command line from the course file of the current folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.course import UsageError
from autograder.term import CourseFile, find_course_file

# Which commands mean by an option the place that the course file has under that name; every one does by --course.
PLACES = {
    "submissions": ("grade", "import", "report", "feedback", "doctor"),
    "output": ("grade", "history", "report", "feedback", "doctor"),
    "store": ("grade", "history", "feedback", "doctor"),
    "roster": ("grade", "import", "export"),
}
ALL_EXERCISES = ("grade", "verify", "release", "list")  # without names, all of the course's
# Where nothing says otherwise: these commands look into the current folder.
HERE = {"history": "output", "report": "output", "feedback": "output"}
MUST = {"grade": ("submissions", "output"), "import": ("submissions",)}


def apply_course_file(arguments: argparse.Namespace) -> None:
    """Fill in options that were not given on the command line, and keep the course file itself in `settings`."""
    settings = CourseFile() if arguments.command == "init" else find_course_file(Path.cwd())
    named = getattr(arguments, "course", None)
    if named is not None and not settings.is_of(named):
        settings = CourseFile()  # of another course than the one that was named, or a student's
    arguments.settings = settings
    names = ("course", *(name for name, commands in PLACES.items() if arguments.command in commands))
    for name in names:
        if getattr(arguments, name, "") is None:
            setattr(arguments, name, settings.places.get(name))
    # Some commands treat exercises that were named differently from all exercises of the course.
    arguments.named = bool(getattr(arguments, "exercise", ()))
    if arguments.command in ALL_EXERCISES and not arguments.exercise:
        arguments.exercise = list(settings.exercises)
    here = HERE.get(arguments.command)
    if here and getattr(arguments, here) is None:
        setattr(arguments, here, Path())
    for name in MUST.get(arguments.command, ()):
        if getattr(arguments, name) is None:
            raise UsageError(
                f"no --{name}, and no course.toml that names it. Next: give --{name}, or run autograder init"
            )


def key_file_of(arguments: argparse.Namespace) -> Path | None:
    """Return the place of the course key, if the course file names one."""
    settings: CourseFile = arguments.settings
    return settings.places.get("key")
