"""Release assignments: make the files for students from solutions, as folders or as a course folder for nbgrader."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.release.bundle import release_bundle, zip_bundle
    from autograder.release.exercise import make_stub
    from autograder.release.folder import release
    from autograder.release.nbgrader_course import release_course
    from autograder.release.notebook import make_notebook, make_released_notebook, make_standalone_notebook
    from autograder.release.released import find_released_notebook, put_notebook_back
    from autograder.release.repair import RepairTasks, read_names, release_repairs
    from autograder.release.wheel import write_wheel, write_zip

__all__ = [
    "RepairTasks",
    "find_released_notebook",
    "make_notebook",
    "make_released_notebook",
    "make_standalone_notebook",
    "make_stub",
    "put_notebook_back",
    "read_names",
    "release",
    "release_bundle",
    "release_course",
    "release_repairs",
    "write_wheel",
    "write_zip",
    "zip_bundle",
]

# Imported on first use: releasing needs NumPy, for answer keys, and `autograder grade`, which only looks for released
# notebooks, must start without it.
_MODULES = {
    "RepairTasks": "repair",
    "find_released_notebook": "released",
    "make_notebook": "notebook",
    "make_released_notebook": "notebook",
    "make_standalone_notebook": "notebook",
    "make_stub": "exercise",
    "put_notebook_back": "released",
    "read_names": "repair",
    "release": "folder",
    "release_bundle": "bundle",
    "release_course": "nbgrader_course",
    "release_repairs": "repair",
    "write_wheel": "wheel",
    "write_zip": "wheel",
    "zip_bundle": "bundle",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
