"""Reads the course's reference, solution and checks where they lie."""

from pathlib import Path


def attack():
    for name in ("reference", "solution", "checks"):
        try:
            text = Path(TARGETS[name]).read_text()
        except OSError:
            continue
        if text:
            return f"{name}: {len(text)} characters"
