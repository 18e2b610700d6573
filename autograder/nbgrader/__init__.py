"""The nbgrader plugin, with which nbgrader's commands give our verdicts. Call `configure(c)` in nbgrader's
configuration.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from autograder.nbgrader.configure import configure

if TYPE_CHECKING:
    from autograder.nbgrader.cells import NOT_GRADED, GradedCell, graded_cells
    from autograder.nbgrader.exporter import SandboxExporter
    from autograder.nbgrader.gradebook import export
    from autograder.nbgrader.restore import restore_notebook

__all__ = ["NOT_GRADED", "GradedCell", "SandboxExporter", "configure", "export", "graded_cells", "restore_notebook"]

# Imported on first use: every nbgrader command loads the configuration, and most of them grade nothing.
_MODULES = {
    "NOT_GRADED": "cells",
    "GradedCell": "cells",
    "SandboxExporter": "exporter",
    "export": "gradebook",
    "graded_cells": "cells",
    "restore_notebook": "restore",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
