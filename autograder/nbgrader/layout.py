"""Where nbgrader keeps things, and what must not be followed there.

On disk: COURSE/release/<exercise>/, COURSE/submitted/<student>/<exercise>/.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from autograder.grade.handed_in import SUFFIX
from autograder.grade.read import read_file
from autograder.notebook.merge import MAX_NOTEBOOK


def put_back(released: Path, submission: Path) -> bool:
    """Put the released notebook beside a `.py` file that came without it; say whether that was needed.

    nbgrader looks for notebooks only. Nothing is overwritten and no link followed.
    """
    exercise = submission.name
    file = read_file(submission.parent.parent, (submission.parent.name, exercise, f"{exercise}.py"), student="")
    place = submission / (exercise + SUFFIX)
    if file.error is not None or os.path.lexists(place):
        return False
    carrier = read_file(released, (exercise + SUFFIX,), student="", limit=MAX_NOTEBOOK)
    if carrier.error is not None:
        return False
    with place.open("xb") as notebook:
        notebook.write(carrier.source)
    return True


def irregular(folder: Path) -> Iterator[Path]:
    """Yield what lies in a submission, or on the way to it, and is neither file nor folder: links, pipes, devices."""
    links = [place for place in (folder.parent, folder) if place.is_symlink()]
    if links:
        yield folder
        return
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            found = Path(place) / name
            mode = found.lstat().st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                yield found
