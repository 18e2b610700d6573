"""Functions for a student's notebook: `check`, `hint` and `points` run the public checks, `picture` wraps a plot.

A standalone notebook gets the first three from `unpack`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.notebook.plots import picture
    from autograder.notebook.session import check, hint, points, unpack

__all__ = ["check", "hint", "picture", "points", "unpack"]

# Imported on first use: a picture must not load the grader, with NumPy and the sandbox.
_MODULES = {"check": "session", "hint": "session", "picture": "plots", "points": "session", "unpack": "session"}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"autograder.notebook has no {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
