"""The released notebook, where submissions are read: find it, and put it back where only a `.py` file was submitted.

What enters are nbgrader's folders (`release/<exercise>/`, `submitted/<student>/<exercise>/`) or ones laid out alike. A
class without notebooks needs neither NumPy nor nbgrader for it.
"""

from __future__ import annotations

import os
from pathlib import Path

from autograder.course import ExerciseFolder
from autograder.grading import Unreadable, read_file
from autograder.merge import MAX_NOTEBOOK, NOTEBOOK_SUFFIX, ReleasedNotebook, released_notebook


def find_released_notebook(exercise: ExerciseFolder, submissions: Path) -> ReleasedNotebook:
    """Return the notebook that students got."""
    name = exercise.name
    try:
        found = read_file(submissions.absolute().parent, ("release", name, name + NOTEBOOK_SUFFIX), limit=MAX_NOTEBOOK)
    except Unreadable:
        if not any(submissions.glob(f"*/{name}/{name}{NOTEBOOK_SUFFIX}")):
            return ReleasedNotebook(exercise=name, cells=())
        from autograder.release.notebook import make_notebook  # imported only now: NumPy comes with it

        found = make_notebook(exercise)
    return released_notebook(name, found)


def put_notebook_back(released: Path, submission: Path) -> bool:
    """Copy the released notebook beside a `.py` file that was submitted without one: nbgrader looks only for notebooks.

    Nothing is overwritten, and no link is followed.
    """
    exercise = submission.name
    notebook = submission / (exercise + NOTEBOOK_SUFFIX)
    try:
        read_file(submission.parent.parent, (submission.parent.name, exercise, f"{exercise}.py"))
        if os.path.lexists(notebook):
            return False
        content = read_file(released, (notebook.name,), limit=MAX_NOTEBOOK)
    except Unreadable:
        return False
    with notebook.open("xb") as file:
        file.write(content)
    return True
