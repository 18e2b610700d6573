"""What a result depends on. Where all of it is the same, grading again would give the same record but for `seconds`."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from autograder.answers.library import state_of_sources
from autograder.catalogue import hash_files
from autograder.cover import Cover
from autograder.grade.handed_in import HandedIn
from autograder.limits import Limits
from autograder.results import Record
from autograder.version import VERSION

BY_CHANCE = ("timeout", "memory", "crash")  # may come out otherwise on a machine that is less busy
OUR_LINE = "protocol"  # may be a fault of ours


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A submission's content, or why there is none, and everything that it is graded with."""

    submission: str
    version: str
    book: str
    grader: str
    seed: str
    limits: str


def key_of(handed_in: HandedIn, cover: Cover, limits: Limits, grader: str) -> Key:
    """Return the key of a submission that is graded by a book, within limits, by a grader."""
    error = handed_in.submission.error
    content = f"{error.kind}: {error.message}" if error else handed_in.submission.digest()
    return Key(
        submission=f"{content}; {handed_in.note}" if handed_in.note else content,
        version=cover.title.version,
        book=cover.sha256,
        grader=grader,
        seed=str(cover.title.seed),
        limits=msgspec.json.encode(limits).decode(),
    )


@cache
def this_grader() -> str:
    """Return what names this grader: its version, the state of its sources, and the Python and NumPy it runs."""
    python = ".".join(map(str, sys.version_info[:3]))
    numpy = importlib.util.find_spec("numpy")  # found, not imported: nothing may have to be graded
    files = [Path(numpy.origin).with_name("version.py")] if numpy and numpy.origin else []
    return f"{VERSION} {state_of_sources()} python-{python} numpy-{hash_files(files)}"


def is_reusable(record: Record) -> bool:
    """Say whether a record may stand for another grading: only where no clock, memory or crash had a part in it."""
    if record.error is not None and record.error.kind in (*BY_CHANCE, OUR_LINE):
        return False
    return not any(check.status in BY_CHANCE for check in record.checks)
