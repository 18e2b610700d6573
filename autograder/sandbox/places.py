"""Paths that student code must not be able to read: escape tests try to open them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path


def private_places(places: Iterable[Path]) -> tuple[str, ...]:
    """Return the real paths of existing files and folders, and of the first file in each folder."""
    found = [path for place in places if place.exists() for path in _with_first_file(os.path.realpath(place))]
    return tuple(dict.fromkeys(found))


def _with_first_file(place: str) -> Iterator[str]:
    """Yield a place and the first file below it; links are not followed, since a student may have made them."""
    yield place
    for folder, folders, files in os.walk(place):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(folder, name)  # noqa: PTH118  # os.walk has texts, and names need not be valid ones
            if stat.S_ISREG(os.lstat(path).st_mode):
                yield path
                return
