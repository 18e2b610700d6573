"""How results lie on disk: one SQLite file, one table, to which rows are only added.

The bulky columns come last, so that a look at the others does not read them.
"""

from __future__ import annotations

VERSION = 1
TABLE = """
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
"""
INDEX = "CREATE INDEX IF NOT EXISTS by_student ON attempts (student, exercise)"
NO_CHANGE = """
CREATE TRIGGER IF NOT EXISTS no_change BEFORE UPDATE ON attempts
BEGIN SELECT RAISE(ABORT, 'an attempt is never changed'); END
"""
NO_LOSS = """
CREATE TRIGGER IF NOT EXISTS no_loss BEFORE DELETE ON attempts
BEGIN SELECT RAISE(ABORT, 'an attempt is never deleted'); END
"""
ALL = (TABLE, INDEX, NO_CHANGE, NO_LOSS, f"PRAGMA user_version = {VERSION}")

KEY = ("submission", "version", "book", "grader", "seed", "limits")
COLUMNS = ("student", "exercise", "graded_at", *KEY, "isolation", "reusable", "record", "notes", "feedback")
ADD = f"INSERT INTO attempts ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{name}' for name in COLUMNS)})"
AGAIN = f"""
INSERT INTO attempts ({", ".join(COLUMNS)})
SELECT {", ".join(f":{name}" if name == "graded_at" else name for name in COLUMNS)} FROM attempts WHERE number = :number
"""
READ = f"SELECT number, {', '.join(COLUMNS)} FROM attempts"
FIND = f"""
SELECT max(number) FROM attempts
WHERE student = :student AND exercise = :exercise AND reusable
AND {" AND ".join(f"{name} = :{name}" for name in KEY)} AND isolation IN (SELECT value FROM json_each(:levels))
"""
LAST = "SELECT max(number) FROM attempts WHERE student = ? AND exercise = ?"
