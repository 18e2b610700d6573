"""The released notebook: find it when submissions are read, and put it back if only a `.py` file was submitted.

It works on nbgrader's folders (`release/<exercise>/`, `submitted/<student>/<exercise>/`) or ones with the same layout.
A class without notebooks needs neither NumPy nor nbgrader for it.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from autograder.course import ExerciseFolder, UsageError
from autograder.grading import Unreadable, find_folder, open_folder, read_file, read_folder
from autograder.merge import MAX_NOTEBOOK, NOTEBOOK_SUFFIX, ReleasedNotebook, released_notebook


def find_released_notebook(exercise: ExerciseFolder, submissions: Path) -> ReleasedNotebook:
    """Return the notebook that students got: the one in `release/` beside their submissions, or the same made again.

    Raises `UsageError` if the file in `release/` is not a notebook.
    """
    name = exercise.name
    around = Path(os.path.abspath(submissions)).parent  # noqa: PTH100  # beside `..` are none of a student's own
    try:
        found = read_file(around, ("release", name, name + NOTEBOOK_SUFFIX), limit=MAX_NOTEBOOK)
    except Unreadable:
        if not _is_needed(name, submissions):
            return ReleasedNotebook(exercise=name, cells=())
        from autograder.release.exercise import make_released_notebook  # imported only now: NumPy comes with it

        return make_released_notebook(exercise)
    try:
        return released_notebook(name, found)
    except ValueError as error:
        place = around / "release" / name
        raise UsageError(f"{place / (name + NOTEBOOK_SUFFIX)}: {error}; release the exercise again") from error


def _is_needed(exercise: str, submissions: Path) -> bool:
    """Tell whether somebody submitted a notebook, or an untouched stub, beside which there may be a misnamed file."""
    usual = f"{exercise}.py"
    for place in (f"*/{exercise}/*", "*/*", f"*/{exercise}/*/*"):
        for file in submissions.glob(place):
            kind = file.suffix.lower()
            if kind in (NOTEBOOK_SUFFIX, ".zip", ".txt", ".json") or (
                kind == ".py" and (file.name != usual or file.parent.name != exercise)
            ):
                return True
    return False


def put_notebook_back(released: Path, submission: Path) -> bool:
    """Copy the released notebook into a submission without it, since nbgrader looks only for notebooks of that name.

    Nothing is overwritten, and no link is followed.
    """
    exercise, notebook = submission.name, submission.name + NOTEBOOK_SUFFIX
    submitted, steps = submission.parent.parent, (submission.parent.name, exercise)
    try:
        found = read_folder(submitted, steps, "", ReleasedNotebook(exercise=exercise, cells=()))
        if not found.cells:
            return False
        content = read_file(released, (notebook,), limit=MAX_NOTEBOOK)
        other = find_folder(submitted, steps)[-1]
        if other != exercise:
            raise OSError(errno.ENOENT, f"the folder is called {other}, expected {exercise}", str(submission))
        with contextlib.suppress(FileExistsError), open_folder(submitted, steps[:1]) as folder:
            os.mkdir(submission if folder is None else exercise, dir_fd=folder)  # where it lay beside this folder
        with open_folder(submitted, steps) as folder:
            place = submission / notebook if folder is None else notebook
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666, dir_fd=folder)
    except Unreadable:
        return False
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ELOOP):
            raise
        return False
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return True
