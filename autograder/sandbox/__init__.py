"""Sandboxes for student code, as the grader uses them: opened, tested for escapes, used one session at a time
(Linux).
"""

from __future__ import annotations

from autograder.sandbox.escape import OPENS, EscapeReport, EscapeTest, private_places, run_escape_tests
from autograder.sandbox.levels import (
    Choice,
    Confinement,
    Layer,
    choose,
    confinement,
    layers,
    open_sandbox,
    require_level,
)
from autograder.sandbox.outer import BARE, OuterSandbox, outer_sandboxes
from autograder.sandbox.sandbox import Sandbox, pin_to_one_core
from autograder.sandbox.session import SandboxError, Session

__all__ = [
    "BARE",
    "OPENS",
    "Choice",
    "Confinement",
    "EscapeReport",
    "EscapeTest",
    "Layer",
    "OuterSandbox",
    "Sandbox",
    "SandboxError",
    "Session",
    "choose",
    "confinement",
    "layers",
    "open_sandbox",
    "outer_sandboxes",
    "pin_to_one_core",
    "private_places",
    "require_level",
    "run_escape_tests",
]
