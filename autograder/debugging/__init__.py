"""Help to find a mistake: the failing call as code to copy, as a script, and with simpler inputs."""

from autograder.debugging.calls import FailingCall, code_of, find_failing_call
from autograder.debugging.example import (
    Example,
    Place,
    line_of_call,
    script,
    simpler_words,
    with_simplest,
    write_script,
)

__all__ = [
    "Example",
    "FailingCall",
    "Place",
    "code_of",
    "find_failing_call",
    "line_of_call",
    "script",
    "simpler_words",
    "with_simplest",
    "write_script",
]
