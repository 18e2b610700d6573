"""Files and folders for their owner alone, whatever the umask is: answer keys, results, grades, notes."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing; one that is there keeps its mode."""
    if folder.is_dir():
        return
    make_private_folder(folder.parent)
    with contextlib.suppress(FileExistsError):  # by another process, meanwhile
        folder.mkdir(mode=FOLDER)
        folder.chmod(FOLDER)  # an umask may have taken from the owner, too


def make_private_file(file: Path) -> bool:
    """Make an empty file, and say whether it is new; one that is there keeps its mode and what is in it."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
    except FileExistsError:
        return False
    os.fchmod(descriptor, FILE)
    os.close(descriptor)
    return True
