"""Lay the data files of an exercise where submissions read them by the names that the handout tells (Linux).

In bubblewrap they are part of what it shows. Without it, the worker program makes a folder of its own for them, in
memory where there is such a place, and removes it at its end. What submissions may do there is Landlock's to decide:
read, and nothing else. By the times of the files they can't tell whether others have read them.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

PREFIX = "autograder-data-"
PLACES = ("/dev/shm", "/tmp")  # the first one is in memory
OLD = 60.0  # seconds after which a folder without a holder is one that was left behind
WRITTEN = 946_684_800  # when the files were written, as anybody sees it
DAY = 86_400


@contextlib.contextmanager
def laid_out(files: Mapping[str, bytes]) -> Iterator[str]:
    """Lay files into a new folder, and yield it; without files, there is none."""
    if not files:
        yield ""
        return
    _remove_abandoned()
    place = Path(_new_folder())
    holder = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(holder, fcntl.LOCK_EX)  # for as long as this process lives
        for name, content in files.items():
            file = place / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
        for path in (*place.rglob("*"), place):
            path.chmod(0o555 if path.is_dir() else 0o444)
            # Reading changes a time of access only where it is older than the other times, or than a day.
            os.utime(path, (time.time() + DAY, WRITTEN))
        yield str(place)
    finally:
        _remove(place)
        os.close(holder)


def _new_folder() -> str:
    for place in PLACES:
        with contextlib.suppress(OSError):
            return tempfile.mkdtemp(prefix=PREFIX, dir=place)
    raise OSError(f"no folder for data files can be made in {' or '.join(PLACES)}")


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):
        for path in (folder, *folder.rglob("*")):
            if path.is_dir():
                path.chmod(0o700)
        shutil.rmtree(folder)


def _remove_abandoned() -> None:
    """Remove the folders that this user's worker programs have left because they were killed."""
    for place in PLACES:
        for folder in Path(place).glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):
                holder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
                try:
                    found = os.fstat(holder)
                    if found.st_uid == os.geteuid() and time.time() - found.st_ctime > OLD:
                        fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        _remove(folder)
                finally:
                    os.close(holder)
