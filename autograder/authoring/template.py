"""Write a small exercise to start from, which can be recorded, verified, released and graded as it is."""

from __future__ import annotations

import sys
from keyword import kwlist
from pathlib import Path

from autograder.course import ExerciseFolder, UsageError

TEMPLATE = Path(__file__).with_name("template")  # its files end in .in, and have NAME for the exercise's name


def write_exercise(root: Path, name: str) -> list[Path]:
    """Write a small exercise into a course, and return its files.

    Parameters
    ----------
    root
        The course's folder; `solutions/` is made in it if it is missing.
    name
        The exercise's name: a valid name of a Python module.

    Raises
    ------
    UsageError
        If the name can't be that of a new module, or if there is such an exercise already.
    """
    taken = ("numpy", *kwlist, *sys.stdlib_module_names)
    if not name.isidentifier() or name.startswith("_") or name in taken:
        raise UsageError(f"{name!r} can't be an exercise's name: expected a Python module's name, such as weight_decay")
    folder = ExerciseFolder(name=name, root=root).folder
    if folder.exists():
        raise UsageError(f"{folder} exists already; choose another name")
    written = []
    for source in sorted(file for file in TEMPLATE.rglob("*.in")):
        place = source.relative_to(TEMPLATE).as_posix().removesuffix(".in")
        file = folder / place.replace("NAME", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source.read_text("utf-8").replace("NAME", name), "utf-8")
        written.append(file)
    return written
