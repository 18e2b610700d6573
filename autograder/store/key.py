"""The key of a result: everything that it depends on. With the same key, grading gives the same record, except for
`seconds`.
"""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from autograder.course import hash_files
from autograder.cover import KeyCover
from autograder.grading import Submission
from autograder.limits import Limits
from autograder.recording import state_of_sources
from autograder.results import INTERRUPTED, SKIPPED, Record
from autograder.version import VERSION

BY_CHANCE = ("timeout", "memory", "crash")  # may turn out differently on a less busy machine
REVEALED = " revealed"  # ends the identity of a grader whose messages show values of hidden checks
MAYBE_OURS = "protocol"  # may be a fault of the grader


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreKey:
    """A submission, and everything with which it is graded."""

    submission: str  # the hash of the sources that run, or why there are none
    version: str  # the exercise's version
    answer_key: str  # the hash of the answer key
    grader: str  # the grader's version and sources, and the Python and NumPy that it runs on
    seed: str  # the seed, or the fingerprint of the course key
    limits: str  # what the submission may use, in JSON


def store_key(submission: Submission, cover: KeyCover, limits: Limits, *, revealed: bool = False) -> StoreKey:
    """Return the key under which the result of a submission is stored."""
    error = submission.error
    content = f"{error.kind}: {error.message}" if error else submission.digest()
    return StoreKey(
        submission=f"{content}; {submission.note}" if submission.note else content,
        version=cover.version,
        answer_key=cover.sha256,
        grader=this_grader() + REVEALED * revealed,
        seed=str(cover.seed if cover.seed is not None else cover.course_key),
        limits=msgspec.json.encode(limits).decode(),
    )


@cache
def this_grader() -> str:
    """Return the identity of this grader: its version, the state of its sources, its Python and its NumPy."""
    python = ".".join(map(str, sys.version_info[:3]))
    numpy = importlib.util.find_spec("numpy")  # found, not imported: perhaps nothing is pending
    files = [Path(numpy.origin).with_name("version.py")] if numpy and numpy.origin else []
    return f"{VERSION} {state_of_sources()} python-{python} numpy-{hash_files(files)}"


def is_reusable(record: Record) -> bool:
    """Say whether a record may be used instead of grading again: only if it does not depend on a clock, memory or a
    crash.
    """
    if record.error is not None and record.error.kind in (*BY_CHANCE, MAYBE_OURS):
        return False
    if any(said in line for line in record.advice for said in (INTERRUPTED, SKIPPED)):
        return False
    return not any(check.status in BY_CHANCE for check in record.checks)
