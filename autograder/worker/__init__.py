"""The worker: the program in whose processes student code runs, and parts of it that the grader also uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.lazy import on_first_use

if TYPE_CHECKING:
    from autograder.worker.calls import PLAIN, SILENT, Caller, Settings, current_settings
    from autograder.worker.confine import hide_memory, landlock_version, standard_library, zone_data
    from autograder.worker.load import StudentModule
    from autograder.worker.program import CLOCK, END, ENDED, FORK, KILL, READY, STARTED, USED, Terms
    from autograder.worker.seccomp import build_filter

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

# Most of it is for Linux only, while calls and modules are used on every platform.
__getattr__ = on_first_use(
    __name__,
    {
        ".calls": "PLAIN SILENT Caller Settings current_settings",
        ".confine": "hide_memory landlock_version standard_library zone_data",
        ".load": "StudentModule",
        ".program": "CLOCK END ENDED FORK KILL READY STARTED USED Terms",
        ".seccomp": "build_filter",
    },
)
