"""Switch the plugin on: nbgrader's configuration goes in, and comes out with isolated grading in `Execute`'s place.

nbgrader logs an error of its configuration file and goes on without it, which would run student code in a kernel. So
what is not as we know it ends the command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.catalogue import DEFAULT_SEED, UsageError, find_root
from autograder.kinds import Level

NBGRADER = "0.9.6"
NO_KERNEL = "none: autograder runs no student code in a kernel"
# What `Autograde` runs on each notebook in that version, in its order.
KNOWN: tuple[str, ...] = ("Execute", "IgnorePattern", "ClearMetadataPreprocessor", "LimitOutput", "SaveAutoGrades")
KNOWN += ("AssignLatePenalties", "CheckCellMetadata")


def configure(c: Any, course: Path | str | None = None, seed: int = DEFAULT_SEED, isolation: Level = "good") -> None:
    """Grade isolated, by the exercises of a course and its seed, at a level of isolation or above.

    `course` is the folder that holds `solutions/`; without it, the nearest one from the current folder upwards, or the
    one that this package lies in.
    """
    reach_alembic()
    try:
        root = find_root(Path(course) if course is not None else _near())
        _switch(c, root, seed, isolation)
    except UsageError as error:
        sys.exit(f"autograder: {error}. Nothing was graded.")


def _switch(c: Any, root: Path, seed: int, isolation: Level) -> None:
    import nbgrader
    from nbgrader.converters import Autograde

    from autograder.nbgrader.exporter import IsolatedExporter

    if nbgrader.__version__ != NBGRADER:
        raise UsageError(
            f"nbgrader {nbgrader.__version__} found, {NBGRADER} expected: pip install nbgrader=={NBGRADER}"
        )
    found = tuple(step.__name__ for step in Autograde.autograde_preprocessors.default())
    if found != KNOWN:
        raise UsageError(f"Autograde.autograde_preprocessors is {', '.join(found)}; expected {', '.join(KNOWN)}")
    steps = _configured(c, Autograde)
    c.Autograde.autograde_preprocessors = replaced(steps)
    c.Autograde.exporter_class = IsolatedExporter
    c.IsolatedExporter.course, c.IsolatedExporter.seed = str(root.resolve()), seed
    c.IsolatedExporter.isolation = isolation
    c.Execute.kernel_name = NO_KERNEL  # for `nbgrader validate`, too, which would run what lies in the current folder
    # Otherwise nbgrader puts the released stub over the file that was handed in.
    names = sorted(folder.parent.name for folder in (root / "solutions").glob("*/checks.py"))
    c.Autograde.exclude_overwriting = {name: [f"{name}.py"] for name in names} | dict(
        c.Autograde.get("exclude_overwriting", {})
    )


def replaced(steps: Sequence[type]) -> list[type]:
    """Return the steps with ours in the place of the two that run code and that trust what it printed."""
    from nbgrader.preprocessors import Execute, SaveAutoGrades

    from autograder.nbgrader.steps import SaveScores, ShowChecks

    ours = {Execute: ShowChecks, SaveAutoGrades: SaveScores}
    if [step for step in steps if step in ours] != list(ours):
        names = ", ".join(getattr(step, "__name__", str(step)) for step in steps)
        raise UsageError(
            f"Autograde.autograde_preprocessors is {names}; expected Execute and then SaveAutoGrades in it"
        )
    return [ours.get(step, step) for step in steps]


def _near() -> Path:
    here = Path.cwd()
    ours = Path(__file__).resolve().parents[2]
    return here if any((folder / "solutions").is_dir() for folder in (here, *here.parents)) else ours


def _configured(c: Any, autograde: Any) -> Sequence[type]:
    """Return the steps that the configuration asks for so far, or nbgrader's own."""
    for name in ("exporter_class", "sanitize_preprocessors"):
        if name in c.Autograde:
            raise UsageError(f"Autograde.{name} is set in the configuration; it has to stay as nbgrader has it")
    steps: Sequence[type] = c.Autograde.get("autograde_preprocessors", autograde.autograde_preprocessors.default())
    return steps


def reach_alembic() -> None:
    """Let nbgrader find `alembic`, which it runs for a new gradebook, where the environment is not activated."""
    here = str(Path(sys.executable).parent)
    places = os.environ.get("PATH", "").split(os.pathsep)
    if here not in places:
        os.environ["PATH"] = os.pathsep.join([*places, here])
