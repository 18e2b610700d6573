"""The worker: the program in whose processes student code runs, and parts of it that the grader also uses."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.worker.calls import Caller
    from autograder.worker.confine import hide_memory
    from autograder.worker.landlock import landlock_version, standard_library, zone_data
    from autograder.worker.load import StudentModule
    from autograder.worker.program import CLOCK, END, ENDED, FORK, KILL, READY, STARTED, USED, Terms
    from autograder.worker.seccomp import build_filter
    from autograder.worker.settings import PLAIN, SILENT, Settings, current_settings

__all__ = [
    "CLOCK",
    "END",
    "ENDED",
    "FORK",
    "KILL",
    "PLAIN",
    "READY",
    "SILENT",
    "STARTED",
    "USED",
    "Caller",
    "Settings",
    "StudentModule",
    "Terms",
    "build_filter",
    "current_settings",
    "hide_memory",
    "landlock_version",
    "standard_library",
    "zone_data",
]

# Imported on first use: most of it is for Linux only, while calls and modules are used on every platform.
_MODULES = {
    "CLOCK": "program",
    "END": "program",
    "ENDED": "program",
    "FORK": "program",
    "KILL": "program",
    "PLAIN": "settings",
    "READY": "program",
    "SILENT": "settings",
    "STARTED": "program",
    "USED": "program",
    "Caller": "calls",
    "Settings": "settings",
    "StudentModule": "load",
    "Terms": "program",
    "build_filter": "seccomp",
    "current_settings": "settings",
    "hide_memory": "confine",
    "landlock_version": "landlock",
    "standard_library": "landlock",
    "zone_data": "landlock",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
