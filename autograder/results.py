"""The one record of a graded submission (schema 1): every report and every gradebook reads this and nothing else."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Kind = Literal["reference", "gradient", "property", "distribution", "error"]  # how a check judges
Visibility = Literal["public", "hidden"]
Level = Literal["none", "weak", "good", "strong"]  # how far out of reach student code is
LEVELS: tuple[Level, ...] = get_args(Level)  # the weakest first
SubmissionStatus = Literal["graded", "error"]
CheckStatus = Literal["passed", "failed", "not_attempted", "error", "timeout", "memory", "crash", "skipped"]
ErrorKind = Literal["missing", "unreadable", "syntax", "import", "timeout", "memory", "crash", "forbidden", "protocol"]


BELIEVED = "It looks as if: "  # begins the words of a diagnosis in a check's message
# How advice says that a clock, or the end of a process, decided what an import came to: it may come out otherwise.
INTERRUPTED = "it was interrupted, and the rest was graded"
LEFT_OUT = "it was left out, and the rest was graded"


class Error(msgspec.Struct, frozen=True, kw_only=True):
    """Why a submission as a whole could not be graded, in the student's terms.

    `source` is the line that can't be read, and a second one with a mark below the place.
    """

    kind: ErrorKind
    message: str
    line: int | None = None
    source: str = ""


class CheckRecord(msgspec.Struct, frozen=True, kw_only=True, gc=False):  # a class has a million, in no cycle
    """One check's outcome."""

    id: str
    function: str
    title: str
    kind: Kind
    visibility: Visibility
    status: CheckStatus
    points: float
    max_points: float
    message: str
    diagnosis: tuple[str, ...]
    seconds: float


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One submission's outcome; everything but `seconds` is a pure function of what was graded and how."""

    schema: int = 1
    student: str
    exercise: str
    status: SubmissionStatus
    score: float
    max_score: float
    error: Error | None
    checks: tuple[CheckRecord, ...]
    advice: tuple[str, ...]
    submission_sha256: str
    exercise_version: str
    grader_version: str
    seed: int | None  # of tests and examples; None where a course key is used
    isolation: Level
    course_key: str | None = None  # its fingerprint
    files: tuple[str, ...] = ()  # what was read
    note: str = ""  # what was read otherwise than expected, or not at all; it is one of the lines of advice
    numpy: str = ""  # the version that it was graded with
    repair: str = ""  # of a repair task: the misconception that it was handed out with
    # What a course's due dates make of it; the store, which knows of none, has these as they are here.
    submitted_at: str = ""  # date and time in ISO 8601, where it is known
    late_days: int | None = 0  # begun days after the due date; None where it is late and nobody knows by how much
    deduction: float = 0.0  # points that are taken off for lateness; `score` is what the checks have earned


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What a submission's own code printed and raised in one check: for instructors only, since inputs may be in it."""

    check: str
    printed: str
    raised: tuple[str, ...]
