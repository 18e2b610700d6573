"""A student's text, made safe to show: without characters that could control a terminal."""

from __future__ import annotations


def printable(line: str) -> str:
    r"""Return a line with a question mark for every character that is not printable, line breaks included.

    Examples
    --------
    >>> printable("a\x1b[31mb\n")
    'a?[31mb?'
    """
    return "".join(character if character.isprintable() else "?" for character in line)
