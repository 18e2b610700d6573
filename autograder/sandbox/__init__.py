"""Sandboxes for student code, as the grader uses them: opened, tested for escapes, used one session at a time
(Linux).
"""

from __future__ import annotations

from autograder.sandbox.levels import (
    OPENS,
    Choice,
    Confinement,
    EscapeReport,
    EscapeTest,
    Layer,
    choose,
    confinement,
    layers,
    open_sandbox,
    private_places,
    require_level,
    run_escape_tests,
)
from autograder.sandbox.outer import BARE, OuterSandbox, SandboxError, outer_sandboxes
from autograder.sandbox.sandbox import Sandbox, Session, pin_to_one_core

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
