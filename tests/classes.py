"""Small classes to grade again and again, and what grading them has left on disk."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from tests.conftest import EXERCISES

EXERCISE = "normalization"  # the quickest one
SOLUTION = EXERCISES[EXERCISE].solution.read_text("utf-8")
FILES = ("results.jsonl", "grades.csv", "notes.txt")


def submit(folder: Path, student: str, source: str = SOLUTION, exercise: str = EXERCISE) -> Path:
    """Put a submission where it belongs, and return its file."""
    file = folder / student / exercise / f"{exercise}.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, "utf-8")
    return file


def make_class(folder: Path, size: int) -> Path:
    """Make a class in which every submission is another one, some of them wrong, one missing."""
    for number in range(size):
        wrong = "\n\ndef standardize(*_, **__):\n    print('told')\n    return None\n" if number % 5 == 3 else ""
        submit(folder, f"student{number:03}", f"{SOLUTION}\n# {number}\n{wrong}")
    (folder / "absent").mkdir()
    return folder


def rows(store: Path) -> list[tuple[str, str]]:
    """Return student and submission of every attempt in a store, in the order in which they were added."""
    with sqlite3.connect(store) as connection:
        found = connection.execute("SELECT student, submission FROM attempts ORDER BY number").fetchall()
    connection.close()
    return found


def stored(output: Path) -> int:
    """Return how many attempts are in the store, 0 where there is none yet."""
    try:
        return len(rows(output / "store.sqlite"))
    except sqlite3.OperationalError:
        return 0


def essence(output: Path) -> dict[str, object]:
    """Return all that was written, byte for byte, but for `seconds` and the store."""
    written = {str(file.relative_to(output)): file.read_bytes() for file in sorted(output.glob("feedback/*/*.txt"))}
    written |= {name: (output / name).read_bytes() for name in FILES}
    records = [json.loads(line) for line in (output / "results.jsonl").read_text("utf-8").splitlines()]
    for record in records:
        for check in record["checks"]:
            check["seconds"] = 0
    return written | {"results.jsonl": "\n".join(map(json.dumps, records))}
