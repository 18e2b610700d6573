"""The course key: the secret from which a course's checks draw their inputs in grading, and its repair tasks.

Whoever knows it can compute all hidden inputs. So it is random, stored in one file that only its owner can read, and
never written anywhere else: files and records have its fingerprint, from which it can't be computed.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import UsageError
from autograder.private import make_private_file, make_private_folder

SECRET_BYTES = 32
DRAW_BYTES = 16  # of the secret of one check
PART = 16  # hexadecimal digits
MARK = re.compile(rb"^# Repair task ([0-9a-f]{16})([0-9a-f]{16})\b", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseKey:
    """The secret from which a course's checks draw their inputs.

    Attributes
    ----------
    secret
        The bytes from which all draws are derived.
    seed
        The number from which it is made, if it is not a secret: that of `--seed`, or 0 for students' public checks;
        else None.
    """

    secret: bytes = field(repr=False)
    seed: int | None = None

    @property
    def fingerprint(self) -> str | None:
        """Return the fingerprint for files and records, or None if there is a seed instead."""
        return None if self.seed is not None else self._derive("fingerprint").hex()

    @property
    def name(self) -> str:
        """Return a name that identifies this key: the seed, or the fingerprint."""
        return str(self.seed) if self.seed is not None else str(self.fingerprint)

    def draws_of(self, exercise: str, check: str, attempt: int = 0) -> bytes:
        """Return the secret of one check: the same everywhere, and unrelated for different checks and attempts."""
        return self._derive("check", exercise, check, *([str(attempt)] if attempt else []))

    def repairs_of(self, exercise: str) -> bytes:
        """Return the secret from which an exercise's repair tasks are derived; the key for students has none."""
        return b"" if self == HANDED_OUT else self._derive("repair", exercise)

    def _derive(self, *parts: str) -> bytes:
        return hmac.new(self.secret, "\0".join(parts).encode(), hashlib.sha256).digest()[:DRAW_BYTES]


# For students' public checks, which have the same inputs in every course.
HANDED_OUT = CourseKey(secret=b"public", seed=0)


def seeded(seed: int) -> CourseKey:
    """Return a key that anybody can make, for tests and examples, where hidden inputs are no secret."""
    return CourseKey(secret=f"seed {seed}".encode(), seed=seed)


def course_key_file(root: Path) -> Path:
    """Return the file of a course's key, in a folder that is neither released nor committed."""
    return root / ".autograder" / "course_key"


def create_course_key(root: Path) -> Path | None:
    """Make a random key for a course and return its file, or None if the course already has one."""
    file = course_key_file(root)
    make_private_folder(file.parent)
    ignore = file.with_name(".gitignore")
    if not ignore.exists():
        ignore.write_text("*\n", "utf-8")
    if not make_private_file(file):
        return None
    file.write_text(f"{secrets.token_hex(SECRET_BYTES)}\n", "ascii")
    return file


def find_course_key(root: Path, seed: int | None = None, file: Path | None = None) -> CourseKey:
    """Return the key made from a seed, or, without a seed, the course's own, from its usual file or another one.

    Raises `UsageError` if the course has no key, or one that is not safe to use.
    """
    if seed is not None:
        return seeded(seed)
    file = file or course_key_file(root)
    try:
        text, mode = file.read_text("ascii").strip(), file.stat().st_mode
    except FileNotFoundError:
        raise UsageError(
            f"the course in {root} has no key, which checks need to draw their inputs (expected {file}). "
            f"Next: autograder init {root}, or --seed N for a trial, in which hidden checks are no secret"
        ) from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(f"{file} can be read by others, so it is no secret. Next: chmod 600 {file}")
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise UsageError(f"{file} is not a course key: expected {2 * SECRET_BYTES} hexadecimal digits, as init writes")
    return CourseKey(secret=secret)


# ---- repair tasks: who gets which, and the line in a file that says which it was
#
# The line tells nobody anything without the key: it looks random, and the lines of two students differ even if their
# tasks are the same. A file without the line is graded like any other.


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
