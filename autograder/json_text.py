"""Read a notebook's bytes as JSON: everything that Python's `json` reads, and remains of programs that synchronize
folders.

It turns a file's content into strict JSON, for a decoder that builds only the requested objects.
"""

from __future__ import annotations

import codecs
import re

from autograder.cells import wide_encoding

# An unterminated text extends to the end of the file: searching from each quotation mark would take hours.
# Possessive (`*+`), since backtracking would take memory.
TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|-?Infinity|NaN', re.DOTALL)
HALF = re.compile(rb"\\u[dD][89a-fA-F]")  # of a character
# Both halves of a character, or one; after an odd number of backslashes, it is not one.
HALVES = re.compile(rb"(?<!\\)(?:\\\\)*+(?:(?:\\u[dD][89abAB]..\\u[dD][c-fC-F]..)++|(\\u[dD][89a-fA-F]..))", re.DOTALL)
NEWLINE, QUOTE = b"\n", ord('"')
PLACE = re.compile(r"\(byte (\d+)\)")


def strict_json(content: bytes) -> bytes:
    """Return a text in UTF-8 without byte-order marks, NaN and half characters; raise `ValueError` if it is not a
    text.
    """
    encoding = wide_encoding(content)
    try:
        if encoding is not None:
            content = content.decode(encoding).encode("utf-8", "replace")
        else:
            content.decode("utf-8")
    except UnicodeDecodeError:
        try:  # half a character may be there in UTF-8, too
            content = content.decode(encoding or "utf-8", "surrogatepass").encode("utf-8", "replace")
        except UnicodeDecodeError as error:
            raise ValueError(f"it is no text: byte {error.start} can't be read as {error.encoding}") from error
    content = content.removeprefix(codecs.BOM_UTF8).removeprefix("\ufeff".encode()).rstrip(b"\0")
    if b"NaN" in content or b"Infinity" in content or HALF.search(content):
        content = _repaired(content)
    return content


def why_not_json(content: bytes, error: Exception) -> str:
    """Return why a text is not JSON, in words for somebody who has never heard of JSON."""
    begin = content.lstrip()[:7]
    if not begin:
        return "it is empty"
    if b"\n<<<<<<< " in content or begin == b"<<<<<<<":
        return "it holds the marks of a merge that was not finished (<<<<<<<)"
    if begin.startswith(b"<"):
        return "it is a web page: get the file itself"
    if not begin.startswith(b"{"):
        return "it does not begin as a notebook does, with {"
    if "truncated" in str(error):
        return "its end is missing: it was not saved or copied completely"
    place = PLACE.search(str(error))
    line = f" in line {1 + content[: int(place[1])].count(NEWLINE)}" if place else ""
    return f"it is damaged{line}: {PLACE.sub('', str(error)).strip()}"


def _repaired(content: bytes) -> bytes:
    """Return a text of the same length, with 0 for numbers that JSON does not know, and a mark for half characters."""
    repaired = bytearray(content)
    for token in TOKEN.finditer(content):
        start, end = token.span()
        if content[start] != QUOTE:
            repaired[start:end] = b"0".ljust(end - start)
            continue
        for halves in HALVES.finditer(content, start, end):
            if halves[1]:
                repaired[halves.start(1) : halves.end(1)] = rb"\ufffd"
    return bytes(repaired)
