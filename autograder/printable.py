"""A student's text where it may be shown: without any character that could steer a terminal."""

from __future__ import annotations


def printable(line: str) -> str:
    """Return a line with a question mark for every sign that is not printable, line ends among them."""
    return "".join(sign if sign.isprintable() else "?" for sign in line)
