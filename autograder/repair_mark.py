"""The line in a repair task's file from which a grader that has the course key knows what was wrong in it.

The line tells nobody else anything: it is random to whoever does not have the key, and two students' lines differ
though their tasks are the same. A file that has lost it is graded like any other.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence

PART = 16  # hexadecimal digits
MARK = re.compile(rb"^# Repair task ([0-9a-f]{16})([0-9a-f]{16})\b", re.MULTILINE)


def mark_line(secret: bytes, student: str, misconception: str) -> str:
    """Return the line for a student's file, by what one exercise's repair tasks are derived from."""
    nonce = _digest(secret, "student", student)
    return f"# Repair task {nonce}{_digest(secret, 'task', nonce, misconception)}. Leave this line as it is.\n"


def marked(secret: bytes, sources: Iterable[bytes], misconceptions: Iterable[str]) -> str:
    """Return which misconception a submission's files were handed out with; nothing where they bear no such line."""
    found = next((match for source in sources for match in MARK.finditer(source)), None)
    if found is None or not secret:
        return ""
    nonce, tag = (part.decode() for part in found.groups())
    return next((name for name in misconceptions if hmac.compare_digest(_digest(secret, "task", nonce, name), tag)), "")


def chosen(secret: bytes, student: str, misconceptions: Sequence[str]) -> str:
    """Return the misconception that a student gets: one that others are added to or taken from changes few choices."""
    return max(misconceptions, key=lambda name: _digest(secret, "choice", student, name))


def _digest(secret: bytes, *parts: str) -> str:
    return hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()[:PART]
