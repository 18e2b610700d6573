"""Activate the nbgrader plugin.

It changes nbgrader's configuration, so that grading in a sandbox replaces nbgrader's `Execute`. If there is an error in
its configuration file, nbgrader logs it and continues without the file, which would run student code in a kernel. So
anything unexpected here ends the command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

from autograder.course import PUBLIC_CHECKS, UsageError, find_root
from autograder.course_key import find_course_key
from autograder.results import Level
from autograder.term import CourseFile, find_course_file, read_course_file

NBGRADER = "0.9.6"
DATE = "%Y-%m-%d %H:%M:%S UTC"  # as nbgrader reads it
NO_KERNEL = "none: autograder runs no student code in a kernel"
# The preprocessors that `Autograde` of that version runs on each notebook, in its order.
KNOWN: tuple[str, ...] = ("Execute", "IgnorePattern", "ClearMetadataPreprocessor", "LimitOutput", "SaveAutoGrades")
KNOWN += ("AssignLatePenalties", "CheckCellMetadata")


def configure(
    c: Any,
    course: Path | str | None = None,
    seed: int | None = None,
    isolation: Level = "good",
    course_file: Path | str | None = None,
) -> None:
    """Have `nbgrader autograde` grade with autograder.

    Parameters
    ----------
    c
        nbgrader's configuration.
    course
        The folder that holds `solutions/`; without it, the one that the course file names, or the current folder or one
        above it.
    seed
        A number to draw inputs from instead of the course key, for trying things out: hidden inputs are then no secret.
    isolation
        The lowest level at which student code may run.
    course_file
        `course.toml`; by default, it is searched from the current folder upwards. It gives the place of the course key
        and the due dates, if it belongs to this course.

    Raises
    ------
    SystemExit
        If nbgrader, its configuration or the course is not as expected: nothing is graded then.
    """
    find_alembic()
    try:
        settings = find_course_file(Path.cwd()) if course_file is None else read_course_file(Path(course_file))
        if course is not None and not settings.is_of(Path(course)):
            settings = CourseFile()  # of another course than the one that was named
        course = settings.places.get("course") if course is None else course
        named = course is not None
        if course is None:
            here = Path.cwd()
            above = any((folder / "solutions").is_dir() for folder in (here, *here.parents))
            course = here if above else Path(__file__).resolve().parents[2]
        _activate(c, find_root(Path(course), nearest=named), settings, seed, isolation)
    except UsageError as error:
        sys.exit(f"autograder: {error}. Nothing was graded.")


def _activate(c: Any, root: Path, settings: CourseFile, seed: int | None, isolation: Level) -> None:
    import nbgrader
    from nbgrader.converters import Autograde

    from autograder.nbgrader.exporters import FeedbackExporter, SandboxExporter

    if nbgrader.__version__ != NBGRADER:
        raise UsageError(
            f"nbgrader {nbgrader.__version__} found, {NBGRADER} expected: pip install nbgrader=={NBGRADER}"
        )
    default = Autograde.autograde_preprocessors.default()
    found = tuple(step.__name__ for step in default)
    if found != KNOWN:
        raise UsageError(f"Autograde.autograde_preprocessors is {', '.join(found)}; expected {', '.join(KNOWN)}")
    for name in ("exporter_class", "sanitize_preprocessors"):
        if name in c.Autograde:
            raise UsageError(f"Autograde.{name} is set in the configuration; leave nbgrader's own value")
    key_file = settings.places.get("key")
    find_course_key(root, seed, key_file)  # now, while nothing has been graded without it
    c.Autograde.autograde_preprocessors = _replace(c.Autograde.get("autograde_preprocessors", default))
    c.Autograde.exporter_class = SandboxExporter
    c.GenerateFeedback.exporter_class = FeedbackExporter
    c.SandboxExporter.course, c.SandboxExporter.seed = str(root.resolve()), seed
    c.SandboxExporter.isolation = isolation
    c.SandboxExporter.key_file = str(key_file.resolve()) if key_file else ""
    c.SandboxExporter.due = {name: when.astimezone(UTC).strftime(DATE) for name, when in settings.due.items()}
    c.Execute.kernel_name = NO_KERNEL  # also for `nbgrader validate`, which would run code in the current folder
    # Otherwise nbgrader overwrites the `.py` file that was submitted with the released stub.
    names = sorted(folder.parent.name for folder in (root / "solutions").glob(f"*/{PUBLIC_CHECKS}"))
    c.Autograde.exclude_overwriting = {name: [f"{name}.py"] for name in names} | dict(
        c.Autograde.get("exclude_overwriting", {})
    )


def _replace(steps: Sequence[type]) -> list[type]:
    """Return the preprocessors, with ours instead of the two that run code and that trust its output."""
    from nbgrader.preprocessors import Execute, SaveAutoGrades

    from autograder.nbgrader.cells import SaveScores, ShowChecks

    ours = {Execute: ShowChecks, SaveAutoGrades: SaveScores}
    if [step for step in steps if step in ours] != list(ours):
        names = ", ".join(getattr(step, "__name__", str(step)) for step in steps)
        raise UsageError(
            f"Autograde.autograde_preprocessors is {names}; expected Execute and then SaveAutoGrades in it"
        )
    return [ours.get(step, step) for step in steps]


def find_alembic() -> None:
    """Let nbgrader find `alembic`, which it runs for a new gradebook, if the environment is not activated."""
    scripts = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", "").split(os.pathsep)
    if scripts not in path:
        os.environ["PATH"] = os.pathsep.join([*path, scripts])
