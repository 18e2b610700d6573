"""The process that runs checks for `autograder check --watch`: it can be ended at any moment, whatever it is doing.

It makes all imports, then waits for one line on standard input that says what to check. It writes lines to standard
output: which call takes long, each function as it is judged, and finally the record, or why there is none. Then it
ends, so that the next run starts fresh.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec

from autograder.api import OwnSandboxes, check_assignment
from autograder.assignment import Assignment
from autograder.course import CourseError, UsageError
from autograder.debugging import simpler_words
from autograder.grading import Listener
from autograder.results import CheckRecord, Note, Record
from autograder.starting import start_early


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What to check: a student's file and its answer key, some functions or all, some of them before the others."""

    file: str
    key_file: str
    functions: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


class Running(msgspec.Struct, frozen=True, tag=True):
    """A check of this function begins."""

    function: str


class Waiting(msgspec.Struct, frozen=True, tag=True):
    """A call takes long; its check has used so many CPU seconds."""

    used: float


class Judged(msgspec.Struct, frozen=True, tag=True):
    """A function is judged."""

    checks: tuple[CheckRecord, ...]
    notes: tuple[Note, ...]
    simpler: dict[str, str]  # what is wrong already with simpler inputs, by check


class Done(msgspec.Struct, frozen=True, tag=True):
    """All functions are judged."""

    record: Record


class Impossible(msgspec.Struct, frozen=True, tag=True):
    """Nothing can be checked; the text is for the student."""

    text: str


Event = Running | Waiting | Judged | Done | Impossible


def main() -> None:
    """Wait for an order, and carry it out."""
    early = start_early() if sys.platform == "linux" else None
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    silent = os.open(os.devnull, os.O_RDWR)
    line = sys.stdin.buffer.readline()
    for descriptor in (0, 1, 2):  # a student's file may print while it is imported, but that is no reply
        os.dup2(silent, descriptor)
    if not line:
        return
    order = msgspec.json.decode(line, type=Order)

    def tell(event: Event) -> None:
        replies.write(msgspec.json.encode(event) + b"\n")

    listener = Listener(
        running=lambda function: tell(Running(function)),
        waiting=lambda used: tell(Waiting(used)),
        judged=lambda each: tell(Judged(each.records, each.notes, simpler_words(each.examples))),
    )
    assignment = Assignment(file=Path(order.file), key_file=Path(order.key_file))
    try:
        with OwnSandboxes(early) as sandboxes:
            graded = check_assignment(
                assignment, order.functions, listener=listener, first=order.first, sandboxes=sandboxes
            )
    except (UsageError, CourseError) as error:
        tell(Impossible(str(error)))
    else:
        tell(Done(graded.record))


if __name__ == "__main__":
    main()
