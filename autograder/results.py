"""The record of a graded submission (schema 1): every report and every gradebook reads this and nothing else."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Kind = Literal["reference", "gradient", "property", "distribution", "error"]  # how a check judges
Visibility = Literal["public", "hidden"]
Level = Literal["none", "weak", "good", "strong"]  # how well student code was confined
LEVELS: tuple[Level, ...] = get_args(Level)  # the weakest first
SubmissionStatus = Literal["graded", "error"]
CheckStatus = Literal["passed", "failed", "not_attempted", "error", "timeout", "memory", "crash", "skipped"]
ErrorKind = Literal["missing", "unreadable", "syntax", "import", "timeout", "memory", "crash", "forbidden", "protocol"]


BELIEVED = "It looks as if: "  # begins a diagnosis in a check's message
# Texts in advice that say that the result of an import depended on a clock, or the end of a process: it may differ next
# time.
INTERRUPTED = "it was interrupted, and the rest was graded"
SKIPPED = "it was skipped, and the rest was graded"


class Error(msgspec.Struct, frozen=True, kw_only=True):
    """Why a submission as a whole could not be graded, in the student's terms.

    `source` is the line that can't be read, with a mark below the place in a second line.
    """

    kind: ErrorKind
    message: str
    line: int | None = None
    source: str = ""


# A class has a million of them, without reference cycles: no collector has to look at them.
class CheckRecord(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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
    seed: int | None  # in tests and examples; None if a course key is used
    isolation: Level
    course_key: str | None = None  # its fingerprint
    files: tuple[str, ...] = ()  # what was read
    note: str = ""  # what was read differently than expected, or not at all; it is one of the lines of advice
    numpy: str = ""  # the version of NumPy in grading
    repair: str = ""  # in a repair task: the misconception in the file that the student got
    # Lateness, from a course's due dates; in the store, which has no due dates, these have the defaults below.
    submitted_at: str = ""  # date and time in ISO 8601, if known
    late_days: int | None = 0  # days after the due date, rounded up; None if it is late, but not known by how much
    deduction: float = 0.0  # points that are deducted for lateness; `score` is the sum of the checks


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Output and exceptions of a submission's code in one check: for instructors only, since they may contain
    inputs.
    """

    check: str
    printed: str
    raised: tuple[str, ...]
