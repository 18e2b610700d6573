"""Quote a student's lines from what was handed in, never from what the submission's process says they are.

That process could put anything into a line's text, a hidden check's inputs among them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence

import msgspec

from autograder.cells import Cell
from autograder.trace import Line, Outcome, Raised, Trace

MAX_QUOTED = 120  # characters
LINE_END = re.compile(r"\r\n|\r|\n")  # those by which Python counts lines
Texts = Mapping[str, Sequence[str]]


def texts_of(cells: Sequence[Cell]) -> Texts:
    """Return the lines of each cell by its label; an encoding that the file may declare is not ours to try out."""
    return {cell.label: LINE_END.split(_decode(cell.source)) for cell in cells}


def _decode(source: bytes) -> str:
    utf_16 = source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return source.decode("utf-16" if utf_16 else "utf-8", "replace")


def quote(trace: Trace, texts: Texts) -> Trace:
    """Return the trace with lines that exist, in the words in which they were handed in."""
    return msgspec.structs.replace(trace, outcomes=tuple(_quote(outcome, texts) for outcome in trace.outcomes))


def _quote(outcome: Outcome, texts: Texts) -> Outcome:
    if not isinstance(outcome, Raised):
        return outcome
    lines = tuple(quoted for line in outcome.lines if (quoted := _line(line, texts)))
    return msgspec.structs.replace(outcome, lines=lines)


def _line(line: Line, texts: Texts) -> Line | None:
    label = line.cell or next((label for label in texts if label.endswith(".py")), "")
    written = texts.get(label, ())
    if not 0 < line.number <= len(written):
        return None
    return msgspec.structs.replace(line, source=written[line.number - 1].strip()[:MAX_QUOTED])
