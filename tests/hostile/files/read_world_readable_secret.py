"""Reads a file outside that every user of the machine may read."""

from pathlib import Path


def attack():
    text = Path(TARGETS["readable_secret"]).read_text()
    return f"readable secret: {len(text)} characters" if text else None
