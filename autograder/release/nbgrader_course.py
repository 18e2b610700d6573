"""Write a course folder for nbgrader: its configuration, and a folder for each exercise under `source/`.

`nbgrader_config.py` is written only once; from then on it belongs to the instructor. `source/<exercise>/`, with
notebook, stub, public checks, their answer key and data files, is written each time. Nothing else is touched.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.course import ExerciseFolder, UsageError
from autograder.key import AnswerKey
from autograder.merge import NOTEBOOK_SUFFIX
from autograder.release.folder import write_files
from autograder.release.notebook import make_notebook

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
