"""Autograded exercises: right verdicts, named mistakes, confined student code.

`check` runs the public checks on a student's own file, `grade` all checks on a submitted one; both return a `Record`.
They are imported on first use, since the command line and the sandbox worker start without them.
"""

import sys

# `python -m autograder` puts the current folder first on the import path. It may be a submission's, whose `typing.py`
# would then be run instead of Python's own. So this comes before any import, including `__future__`.
if sys.argv[:1] == ["-m"] and not sys.flags.safe_path:
    del sys.path[0]

import importlib
from typing import TYPE_CHECKING, Any

from autograder import version

__version__ = version.VERSION

if TYPE_CHECKING:
    from autograder.api import check, grade
    from autograder.results import Record

__all__ = ["Record", "__version__", "check", "grade"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'autograder' has no attribute {name!r}")
    home = "autograder.results" if name == "Record" else "autograder.api"
    return getattr(importlib.import_module(home), name)
