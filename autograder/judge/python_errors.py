"""Python's own exceptions: what a student's exception class is called in reports, whatever its author called it."""

from __future__ import annotations

import builtins

KNOWN = frozenset(
    name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)
)


def nearest_known(ancestry: tuple[str, ...]) -> str:
    """Return the first class of the ancestry that is Python's own."""
    return next((name for name in ancestry if name in KNOWN), "Exception")
