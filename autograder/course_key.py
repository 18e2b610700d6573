"""The course key: the secret that a course's checks draw their numbers from when they are graded.

Whoever knows it knows all hidden inputs. So it is random, lies in one file that its owner alone can read, and is never
written anywhere else: files and records carry its fingerprint, from which it can't be found.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import UsageError
from autograder.private import make_private_file, make_private_folder

SECRET_BYTES = 32
DRAW_BYTES = 16  # of what one check draws from


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseKey:
    """What a course's checks draw from.

    Attributes
    ----------
    secret
        The bytes that all draws are derived from.
    seed
        The number that the secret is made of, where it is none: of `--seed`, or 0 for the checks that students hold.
    """

    secret: bytes = field(repr=False)
    seed: int | None = None

    @property
    def fingerprint(self) -> str | None:
        """Return what files and records carry in the secret's place, or None where there is a seed to tell."""
        return None if self.seed is not None else self._derive("fingerprint").hex()

    @property
    def name(self) -> str:
        """Return what tells this key from others: the seed, or the fingerprint."""
        return str(self.seed) if self.seed is not None else str(self.fingerprint)

    def draws_of(self, exercise: str, check: str, attempt: int = 0) -> bytes:
        """Return what a check draws from: the same everywhere, and unrelated for different checks and attempts."""
        return self._derive("check", exercise, check, *([str(attempt)] if attempt else []))

    def repairs_of(self, exercise: str) -> bytes:
        """Return what an exercise's repair tasks are derived from; the key that students hold has none."""
        return b"" if self == HANDED_OUT else self._derive("repair", exercise)

    def _derive(self, *parts: str) -> bytes:
        return hmac.new(self.secret, "\0".join(parts).encode(), hashlib.sha256).digest()[:DRAW_BYTES]


HANDED_OUT = CourseKey(secret=b"public", seed=0)  # students hold public checks: every course hands out the same numbers


def seeded(seed: int) -> CourseKey:
    """Return a key that anybody can make: for tests and examples, whose hidden checks are no secret."""
    return CourseKey(secret=f"seed {seed}".encode(), seed=seed)


def course_key_file(root: Path) -> Path:
    """Return where a course's key is: in a folder that is neither released nor committed."""
    return root / ".autograder" / "course_key"


def create_course_key(root: Path) -> Path | None:
    """Make a random key for a course and return its file, or None where the course has one already."""
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
    """Return the key that is made of a seed, or, without one, the course's own: in its usual file, or in another one.

    Raises `UsageError` where the course has no key, or one that is not safe to use.
    """
    if seed is not None:
        return seeded(seed)
    file = file or course_key_file(root)
    try:
        text, mode = file.read_text("ascii").strip(), file.stat().st_mode
    except FileNotFoundError:
        raise UsageError(
            f"the course in {root} has no key, which its hidden checks draw their numbers from (expected {file}). "
            f"Next: autograder init {root}, or --seed N for a trial, in which hidden checks are no secret"
        ) from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(f"{file} can be read by others, so that it is no secret. Next: chmod 600 {file}")
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise UsageError(f"{file} is not a course key: expected {2 * SECRET_BYTES} hexadecimal digits, as init writes")
    return CourseKey(secret=secret)
