"""Reads a file of the grader's own user that is closed to all others."""

from pathlib import Path


def attack():
    text = Path(TARGETS["private_secret"]).read_text()
    return f"private secret: {len(text)} characters" if text else None
