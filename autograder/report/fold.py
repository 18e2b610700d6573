"""Fold repeated lines: show a block that repeats once, and say how often it repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

LONGEST = 12  # lines of a block that repeats
LEAST = 3  # times that a block has to come in a row
DIGITS = re.compile(r"\d+(?:\.\d+)?(?:e[-+]?\d+)?")


def folded(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines; of a block that repeats, yield only the first occurrence, and how often it repeats.

    Lines that differ only in their numbers count as the same.

    Examples
    --------
    >>> list(folded(["start", "step 1", "step 2", "step 3", "end"]))
    ['start', 'step 1', '... 2 more times, with other numbers', 'end']
    """
    shapes = [DIGITS.sub("0", line) for line in lines]
    at = 0
    while at < len(lines):
        size, times = _repeats(shapes, at)
        yield from lines[at : at + size]
        if times > 1:
            same = all(lines[n] == lines[n + size] for n in range(at, at + size * (times - 1)))
            what = "" if size == 1 else f"the last {size} lines, "
            yield f"... {what}{times - 1} more times{'' if same else ', with other numbers'}"
        at += size * times


def _repeats(shapes: Sequence[str], at: int) -> tuple[int, int]:
    """Return the length of the block that begins at a line, and how many times it comes in a row."""
    for size in range(1, min(LONGEST, (len(shapes) - at) // LEAST) + 1):
        times, block = 1, shapes[at : at + size]
        while shapes[at + times * size : at + (times + 1) * size] == block:
            times += 1
        if times >= LEAST:
            return size, times
    return 1, 1
