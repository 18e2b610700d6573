"""The line in a repair task's file that tells a grader with the course key what was wrong in the file.

It tells nobody else anything: without the key it looks random, and the lines of two students differ even if their tasks
are the same. A file without the line is graded like any other.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence

PART = 16  # hexadecimal digits
MARK = re.compile(rb"^# Repair task ([0-9a-f]{16})([0-9a-f]{16})\b", re.MULTILINE)


def mark_line(secret: bytes, student: str, misconception: str) -> str:
    """Return the line for a student's file, from the secret of one exercise's repair tasks."""
    nonce = _digest(secret, "student", student)
    return f"# Repair task {nonce}{_digest(secret, 'task', nonce, misconception)}. Leave this line as it is.\n"


def marked(secret: bytes, sources: Iterable[bytes], misconceptions: Iterable[str]) -> str:
    """Return the misconception with which a submission's files were given to the student; nothing without such a
    line.
    """
    found = next((match for source in sources for match in MARK.finditer(source)), None)
    if found is None or not secret:
        return ""
    nonce, tag = (part.decode() for part in found.groups())
    return next((name for name in misconceptions if hmac.compare_digest(_digest(secret, "task", nonce, name), tag)), "")


def chosen(secret: bytes, student: str, misconceptions: Sequence[str]) -> str:
    """Return the misconception that a student gets; adding or removing a misconception changes few choices."""
    return max(misconceptions, key=lambda name: _digest(secret, "choice", student, name))


def _digest(secret: bytes, *parts: str) -> str:
    return hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()[:PART]
