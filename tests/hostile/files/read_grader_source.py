"""Reads the source of the grader from its checkout."""

from pathlib import Path


def attack():
    root = Path(TARGETS["checkout"])
    for name in ("autograder/checking/blame.py", "autograder/checking/expect.py", "pyproject.toml", ".git/HEAD"):
        try:
            text = (root / name).read_text()
        except OSError:
            continue
        if text:
            return f"{name}: {len(text)} characters"
