"""Put the data files of an exercise where submissions can read them by the names in the handout (Linux).

In bubblewrap, they are among the visible files. Without it, the worker program makes a new folder for them, in memory
if possible, and removes it at its end. Landlock allows submissions to read there, and nothing else. The times of the
files don't tell whether others have read them.
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
OLD = 60.0  # seconds after which a folder that nobody has locked is an abandoned one
WRITTEN = 946_684_800  # the date of the files
DAY = 86_400


@contextlib.contextmanager
def laid_out(files: Mapping[str, bytes]) -> Iterator[str]:
    """Write files into a new folder, and yield it; without files, there is none."""
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
            # Reading changes the time of access only if it is older than the other times, or than a day.
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
