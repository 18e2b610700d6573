"""The results store: every attempt of every student, keyed by everything that its result depends on.

The file is an SQLite database with one table, to which rows are only ever added. Several graders may use it at the same
time. An attempt whose number `add` has returned survives any end of this process. A power failure may lose the last few
attempts, but damages nothing (WAL, synchronous NORMAL). Nothing here needs NumPy: of an answer key, only its cover is
read.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from autograder.course import UsageError, hash_files
from autograder.grading import Submission
from autograder.limits import Limits
from autograder.private import make_private_file
from autograder.recording import state_of_sources
from autograder.results import INTERRUPTED, LEVELS, SKIPPED, Level, Record
from autograder.version import VERSION

SCHEMA_VERSION = 1
# The bulky columns come last, so that reading the others does not read them. Column `book` holds the answer key's hash,
# and keeps the name that stores of version 1 have always had.
SCHEMA = (
    """
    CREATE TABLE IF NOT EXISTS attempts (
        number INTEGER PRIMARY KEY,
        student TEXT NOT NULL,
        exercise TEXT NOT NULL,
        graded_at TEXT NOT NULL,
        submission TEXT NOT NULL,
        version TEXT NOT NULL,
        book TEXT NOT NULL,
        grader TEXT NOT NULL,
        seed TEXT NOT NULL,
        limits TEXT NOT NULL,
        isolation TEXT NOT NULL,
        reusable INTEGER NOT NULL,
        record BLOB NOT NULL,
        notes BLOB NOT NULL,
        feedback TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX IF NOT EXISTS by_student ON attempts (student, exercise)",
    """
    CREATE TRIGGER IF NOT EXISTS no_change BEFORE UPDATE ON attempts
    BEGIN SELECT RAISE(ABORT, 'an attempt is never changed'); END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS no_loss BEFORE DELETE ON attempts
    BEGIN SELECT RAISE(ABORT, 'an attempt is never deleted'); END
    """,
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)
KEY_COLUMNS = {  # the fields of a store key
    "submission": "submission",
    "version": "version",
    "answer_key": "book",
    "grader": "grader",
    "seed": "seed",
    "limits": "limits",
}
FIELDS = ("student", "exercise", "graded_at", "isolation", "reusable", "record", "notes", "feedback")
COLUMNS = (*KEY_COLUMNS.values(), *FIELDS)
ADD = f"INSERT INTO attempts ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{name}' for name in COLUMNS)})"
REPEAT = f"""
INSERT INTO attempts ({", ".join(COLUMNS)})
SELECT {", ".join(f":{name}" if name == "graded_at" else name for name in COLUMNS)} FROM attempts WHERE number = :number
"""
READ = f"SELECT number, {', '.join(COLUMNS)} FROM attempts"
FIND = f"""
SELECT max(number) FROM attempts
WHERE student = :student AND exercise = :exercise AND reusable
AND {" AND ".join(f"{name} = :{name}" for name in KEY_COLUMNS.values())}
AND isolation IN (SELECT value FROM json_each(:levels))
"""
# Of each student and exercise, the last attempt at which something was submitted, or else the last one. A course key's
# fingerprint has 32 digits; whatever else is in its column is the seed of a trial.
LATEST = """
SELECT student, exercise, coalesce(max(CASE WHEN submission NOT LIKE 'missing: %' THEN number END), max(number))
FROM attempts WHERE CASE WHEN :seed IS NULL THEN length(seed) = 32 ELSE seed = :seed END
GROUP BY student, exercise
"""
LAST = "SELECT max(number) FROM attempts WHERE student = ? AND exercise = ?"

BUSY_SECONDS = 30.0  # for which one grader waits for another's transaction, which takes a few milliseconds
BUSY_PAUSE = 0.02  # seconds between two attempts, where SQLite does not wait
NEXT_STEPS = {
    "SQLITE_FULL": "make room",
    "SQLITE_IOERR": "make room, and check the disk",
    "SQLITE_READONLY": "make it writable, or name another file with --store",
    "SQLITE_CANTOPEN": "make its folder writable, or name another file with --store",
    "SQLITE_BUSY": "wait for the other grader",
    "SQLITE_NOTADB": "name another file with --store",
    "SQLITE_CORRUPT": "restore a copy, or move it away and grade again",
}
BY_CHANCE = ("timeout", "memory", "crash")  # may turn out differently on a less busy machine
REVEALED = " revealed"  # ends the identity of a grader whose messages show values of hidden checks
MAYBE_OURS = "protocol"  # may be a fault of the grader


class StoreError(UsageError):
    """The store can't be read or written; its contents are kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One graded submission of a student, with everything that reports need.

    Attributes
    ----------
    student, exercise
        Whose submission it is, and for what.
    key
        Everything that the result depends on.
    isolation
        The level at which student code was confined.
    reusable
        Whether the result may be used instead of grading again.
    record
        The record in JSON: its line in results.jsonl.
    notes
        The notes in JSON.
    feedback
        The student's feedback.
    graded_at
        Date and time, UTC; given by the store.
    number
        Its number in the store; given by the store.
    """

    student: str
    exercise: str
    key: StoreKey
    isolation: Level
    reusable: bool
    record: bytes
    notes: bytes
    feedback: str
    graded_at: str = ""
    number: int = 0


class Store:
    """An open store; a context manager that closes it. Made by `open_store` and `open_read_only`."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.file = file
        self._connection = connection

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def find(self, student: str, exercise: str, key: StoreKey, at_least: Level) -> int | None:
        """Return the number of the last reusable attempt with a key, confined at least at a level."""
        levels = json.dumps(LEVELS[LEVELS.index(at_least) :])
        return self._number(FIND, {"student": student, "exercise": exercise, "levels": levels, **_key_columns(key)})

    def last(self, student: str, exercise: str) -> int | None:
        """Return the number of a student's last attempt at an exercise."""
        return self._number(LAST, (student, exercise))

    def latest(self, seed: int | None) -> dict[tuple[str, str], int]:
        """Return the number of the attempt that shows what each student has done for each exercise.

        That is the last attempt at which something was submitted. Trials are not mixed with attempts with a course key,
        nor with those of another seed.
        """
        with _explained(self.file):
            rows = self._connection.execute(LATEST, {"seed": None if seed is None else str(seed)}).fetchall()
        return {(student, exercise): int(number) for student, exercise, number in rows}

    def read(self, number: int) -> Attempt:
        """Return an attempt."""
        (attempt,) = self._select("WHERE number = ?", (number,))
        return attempt

    def attempts(self, student: str) -> list[Attempt]:
        """Return all of a student's attempts, exercise by exercise, the earliest first."""
        return self._select("WHERE student = ? ORDER BY exercise, number", (student,))

    def add(self, attempts: Iterable[Attempt]) -> list[int]:
        """Add attempts, all or none of them, and return their numbers."""
        now = _now()
        with self._transaction() as cursor:
            numbers = []
            for attempt in attempts:
                fields = {name: getattr(attempt, name) for name in FIELDS}
                cursor.execute(ADD, {**fields, **_key_columns(attempt.key), "graded_at": now})
                numbers.append(int(cursor.lastrowid or 0))
            return numbers

    def repeat(self, numbers: Iterable[int]) -> None:
        """Add earlier attempts again, as of now: their students have returned to an earlier submission."""
        now = _now()
        with self._transaction() as cursor:
            cursor.executemany(REPEAT, [{"number": number, "graded_at": now} for number in numbers])

    def _number(self, query: str, values: Any) -> int | None:
        with _explained(self.file):
            (number,) = self._connection.execute(query, values).fetchone()
        return None if number is None else int(number)

    def _select(self, condition: str, values: tuple[object, ...]) -> list[Attempt]:
        with _explained(self.file):
            rows = self._connection.execute(f"{READ} {condition}", values).fetchall()
        return [_attempt(row) for row in rows]

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        cursor = self._connection.cursor()
        with _explained(self.file):
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk may have ended it already
                    cursor.execute("ROLLBACK")
                raise


def open_store(file: Path) -> Store:
    """Open a store for reading and writing; if there is none, it is created.

    Raises `StoreError` if the file can't be used as a store.
    """
    try:
        make_private_file(file)  # the files that SQLite puts beside it get the same mode
    except OSError as error:
        raise StoreError(
            f"the results store {file}: {error.strerror}. Next: {NEXT_STEPS['SQLITE_CANTOPEN']}"
        ) from error
    with _explained(file):
        connection = _connect(str(file))
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        _create_tables(connection, file)
    return Store(file, connection)


def open_read_only(file: Path) -> Store:
    """Open a store for reading only: an empty one if there is no file; also where nothing can be written.

    Raises `StoreError` if the file is not a store.
    """
    if not file.exists():
        connection = _connect(":memory:")
        _create_tables(connection, file)
        return Store(file, connection)
    address = file.absolute().as_uri()
    # The first needs a file beside the store while it is open; the second needs only that nobody writes.
    with contextlib.suppress(sqlite3.OperationalError):
        return _open_for_queries(file, f"{address}?mode=rw")
    with _explained(file):
        return _open_for_queries(file, f"{address}?mode=ro&immutable=1")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let graders read while another one writes.

    SQLite itself does not wait where another grader writes before this is set, as it does in a store that both create.
    """
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(BUSY_PAUSE)
        else:
            return


def _open_for_queries(file: Path, address: str) -> Store:
    connection = _connect(address)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("SELECT max(number) FROM attempts")
    _require_version(connection, file)
    return Store(file, connection)


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=address.startswith("file:"))


def _create_tables(connection: sqlite3.Connection, file: Path) -> None:
    if connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,):
        return
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone() != (0,):
        _require_version(connection, file)
    for statement in SCHEMA:
        connection.execute(statement)
    connection.execute("COMMIT")


def _require_version(connection: sqlite3.Connection, file: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != SCHEMA_VERSION:
        raise StoreError(
            f"{file} is a store of version {version}, this grader's is {SCHEMA_VERSION}; name another with --store"
        )


@contextlib.contextmanager
def _explained(file: Path) -> Iterator[None]:
    """Turn an error of the database into one line: fact, place, next step."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        step = next((step for prefix, step in NEXT_STEPS.items() if name.startswith(prefix)), "check the file")
        raise StoreError(
            f"the results store {file}: {error}; what was stored is kept. Next: {step}, then run the command again"
        ) from error


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _key_columns(key: StoreKey) -> dict[str, str]:
    return {column: getattr(key, field) for field, column in KEY_COLUMNS.items()}


def _attempt(row: tuple[Any, ...]) -> Attempt:
    columns = dict(zip(("number", *COLUMNS), row, strict=True))
    key = StoreKey(**{field: columns.pop(column) for field, column in KEY_COLUMNS.items()})
    return Attempt(key=key, **{**columns, "reusable": bool(columns["reusable"])})


# ---- the key of a result: with the same key, grading gives the same record, except for `seconds`


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


# ---- the cover of an answer key: what it is for, read without its checks


class _Fields(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of a key that identify it, and the limits of its exercise; the others are skipped."""

    exercise: str
    version: str
    seed: int | None
    course_key: str | None
    limits: Limits


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyCover:
    """An answer key on disk: its file, the SHA-256 of its bytes, and what it is for."""

    file: Path
    sha256: str
    exercise: str
    version: str
    seed: int | None
    course_key: str | None
    limits: Limits


def read_cover(file: Path) -> KeyCover:
    """Read a key's cover, or raise `ValueError` if the file is not a key."""
    content = file.read_bytes()
    try:
        fields = msgspec.msgpack.decode(content, type=_Fields)
    except msgspec.DecodeError as error:
        raise ValueError(f"{file} is not an answer key of this version: {error}") from error
    return KeyCover(file=file, sha256=hashlib.sha256(content).hexdigest(), **msgspec.structs.asdict(fields))
