"""Make files and folders that only their owner can read, whatever the umask is: answer keys, results, grades, notes."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def make_private_folder(folder: Path) -> None:
    """Make a folder, and missing ones above it; an existing folder keeps its mode."""
    if folder.is_dir():
        return
    make_private_folder(folder.parent)
    with contextlib.suppress(FileExistsError):  # made by another process in the meantime
        folder.mkdir(mode=FOLDER)
        folder.chmod(FOLDER)  # a umask may remove the owner's rights, too


def make_private_file(file: Path) -> bool:
    """Make an empty file, and say whether it is new; an existing file keeps its mode and contents."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
    except FileExistsError:
        return False
    os.fchmod(descriptor, FILE)
    os.close(descriptor)
    return True


def write_private_file(file: Path, content: bytes) -> None:
    """Write a file; an existing one is replaced when the new one is complete, so that nobody reads half of it."""
    draft = file.with_name(f".{file.name}.draft")
    draft.unlink(missing_ok=True)
    make_private_file(draft)
    draft.write_bytes(content)
    draft.replace(file)
