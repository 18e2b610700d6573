"""Notes for instructors: what a submission's own code printed and raised. Never for students: inputs may be in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.printable import printable
from autograder.results import Note, Record


def notes(record: Record, taken: Sequence[Note]) -> Iterator[str]:
    """Yield the lines on one submission, each of them marked as the student's words, none able to steer a terminal."""
    if not taken:
        return
    yield f"== {record.student}, {record.exercise}\n"
    for note in taken:
        yield f"{note.check}\n"
        for text in note.raised:
            yield from _quoted("raised", text)
        if note.printed:
            yield from _quoted("printed", note.printed)
    yield "\n"


def _quoted(what: str, text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"  {what}: {printable(line)}\n"
