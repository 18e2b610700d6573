"""Keep results in a file, and find them again.

Several graders may use one store at once. What `add` has returned for is there after whatever ends this process; a
power failure may take the last of it, and breaks nothing (WAL, synchronous NORMAL).
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.catalogue import UsageError
from autograder.kinds import LEVELS, Level
from autograder.store import schema
from autograder.store.key import Key

BUSY_SECONDS = 30.0  # that one grader waits for another's transaction of a few milliseconds
NEXT = {
    "SQLITE_FULL": "make room",
    "SQLITE_IOERR": "make room, and look after the disk",
    "SQLITE_READONLY": "make it writable, or name another place with --store",
    "SQLITE_CANTOPEN": "make its folder writable, or name another place with --store",
    "SQLITE_BUSY": "wait for the other grader",
    "SQLITE_NOTADB": "name another file with --store",
    "SQLITE_CORRUPT": "put back a copy, or move it away and grade anew",
}


class StoreError(UsageError):
    """The store can't be read or written; what is in it stays."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One grading of one student's submission. `record` is its line of results.jsonl, `notes` are a list in JSON."""

    student: str
    exercise: str
    key: Key
    isolation: Level
    reusable: bool
    record: bytes
    notes: bytes
    feedback: str
    graded_at: str = ""
    number: int = 0


class Store:
    """An open store; a context manager that closes it."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.file = file
        self._connection = connection

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def find(self, student: str, exercise: str, key: Key, at_least: Level) -> int | None:
        """Return the number of the last attempt with this key, confined well enough, that may be used again."""
        levels = json.dumps(LEVELS[LEVELS.index(at_least) :])
        row = {"student": student, "exercise": exercise, "levels": levels, **_columns(key)}
        return self._number(schema.FIND, row)

    def last(self, student: str, exercise: str) -> int | None:
        """Return the number of a student's last attempt at an exercise."""
        return self._number(schema.LAST, (student, exercise))

    def read(self, number: int) -> Attempt:
        """Return an attempt."""
        (attempt,) = self._select("WHERE number = ?", (number,))
        return attempt

    def attempts(self, student: str) -> list[Attempt]:
        """Return all of a student's attempts, exercise by exercise, the earliest first."""
        return self._select("WHERE student = ? ORDER BY exercise, number", (student,))

    def add(self, attempts: Iterable[Attempt]) -> list[int]:
        """Add attempts, all or none, and return their numbers."""
        now = _now()
        with self._transaction() as cursor:
            return [_added(cursor.execute(schema.ADD, {**_row(each), "graded_at": now})) for each in attempts]

    def let_stand(self, numbers: Iterable[int]) -> None:
        """Add attempts of earlier once more: their students have come back to what they had handed in then."""
        now = _now()
        with self._transaction() as cursor:
            cursor.executemany(schema.AGAIN, [{"number": each, "graded_at": now} for each in numbers])

    def _number(self, query: str, values: Any) -> int | None:
        with _told(self.file):
            (number,) = self._connection.execute(query, values).fetchone()
        return None if number is None else int(number)

    def _select(self, condition: str, values: tuple[object, ...]) -> list[Attempt]:
        with _told(self.file):
            return [_attempt(row) for row in self._connection.execute(f"{schema.READ} {condition}", values)]

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        cursor = self._connection.cursor()
        with _told(self.file):
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk may have ended it already
                    cursor.execute("ROLLBACK")
                raise


def open_store(file: Path) -> Store:
    """Open a store for reading and writing; it is made where there is none."""
    with _told(file):
        connection = _connect(str(file))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _prepare(connection, file)
    return Store(file, connection)


def look_into(file: Path) -> Store:
    """Open a store for reading alone: an empty one where there is no file, and also where nothing can be written."""
    if not file.exists():
        connection = _connect(":memory:")
        _prepare(connection, file)
        return Store(file, connection)
    address = file.absolute().as_uri()
    # The first needs a file beside the store while it is open; the last needs nothing, and that nobody writes.
    with contextlib.suppress(sqlite3.OperationalError):
        return _looking(file, f"{address}?mode=rw")
    with _told(file):
        return _looking(file, f"{address}?mode=ro&immutable=1")


def _looking(file: Path, address: str) -> Store:
    connection = _connect(address)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("SELECT max(number) FROM attempts")
    _require_version(connection, file)
    return Store(file, connection)


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=address.startswith("file:"))


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    if connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,):
        return
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone() != (0,):
        _require_version(connection, file)
    for statement in schema.ALL:
        connection.execute(statement)
    connection.execute("COMMIT")


def _require_version(connection: sqlite3.Connection, file: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != schema.VERSION:
        raise StoreError(
            f"{file} is a store of version {version}, this grader's is {schema.VERSION}; name another with --store"
        )


@contextlib.contextmanager
def _told(file: Path) -> Iterator[None]:
    """Turn what the database says into one line: fact, place, next step."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        step = next((step for prefix, step in NEXT.items() if name.startswith(prefix)), "look after the file")
        raise StoreError(
            f"the results store {file}: {error}; what was stored stays. Next: {step}, then run the command again"
        ) from error


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _row(attempt: Attempt) -> dict[str, object]:
    others = [name for name in schema.COLUMNS if name not in schema.KEY]
    return _columns(attempt.key) | {name: getattr(attempt, name) for name in others}


def _columns(key: Key) -> dict[str, str]:
    return {name: getattr(key, name) for name in schema.KEY}


def _attempt(row: tuple[Any, ...]) -> Attempt:
    fields = dict(zip(("number", *schema.COLUMNS), row, strict=True))
    key = Key(**{name: fields.pop(name) for name in schema.KEY})
    return Attempt(key=key, **{**fields, "reusable": bool(fields["reusable"])})


def _added(cursor: sqlite3.Cursor) -> int:
    return int(cursor.lastrowid or 0)
