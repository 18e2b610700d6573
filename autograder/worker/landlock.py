"""The files that a submission may read: the standard library, NumPy, and the libraries that these load.

Rules name files, not their folders, so that other files there stay out of reach. A submission can't write anywhere.

Landlock restricts a process from within, root or not. The process then also can't execute anything, use a TCP port, or
signal a process outside. The ruleset is made once, before any submission is read, and each submission's process
restricts itself with it. Sources: landlock(7), linux/landlock.h; rights are numbered in the order of the kernel
versions that introduced them.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from autograder.worker.libc import prctl, syscall

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every architecture
VERSION_FLAG, PATH_BENEATH = 1, 1
PR_SET_NO_NEW_PRIVS = 38
RIGHTS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many rights on files each version knows
WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
TRUNCATE = 1 << 14
READ = READ_FILE | READ_DIR
DEVICES = ("/dev/zero", "/dev/urandom")
# Parts of the standard library beside modules: extension modules, bytecode, how Python was built.
PARTS = ("lib-dynload", "__pycache__", "_sysconfigdata")


def landlock_version() -> int:
    """Return the version of Landlock that the kernel offers, 0 if it offers none."""
    return max(0, int(syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG)))


def make_ruleset(libraries: Sequence[str], folder: str) -> int | None:
    """Return the descriptor of a ruleset that allows what Python needs, or None without Landlock.

    `folder` is that of an exercise's data files, or empty.
    """
    version = landlock_version()
    if not version:
        return None
    handled = (1 << RIGHTS_OF_VERSION[min(version, 5)]) - 1
    attributes = struct.pack("<QQQ", handled, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = int(syscall(CREATE_RULESET, attributes, ctypes.c_size_t(size), 0))
    if ruleset < 0:
        return None
    _allow(ruleset, Path(os.__file__).parent, READ_DIR)  # imports list it; the files in it need rules of their own
    numpy = Path(np.__file__).parent
    for path in (
        *standard_library(),
        *(numpy, numpy.with_name("numpy.libs"), zone_data()),
        *map(Path, (*libraries, *DEVICES, *filter(None, (folder,)))),
    ):
        _allow(ruleset, path, READ)
    _allow(ruleset, Path(os.devnull), (READ_FILE | WRITE_FILE | TRUNCATE) & handled)
    return ruleset


def restrict(ruleset: int) -> None:
    """Restrict this process by the ruleset, for good."""
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if syscall(RESTRICT_SELF, ruleset, 0):
        raise OSError("landlock: the process could not be restricted")


def standard_library() -> Iterator[Path]:
    """Yield the files and folders of the standard library, and no others from the same folder."""
    for path in Path(os.__file__).resolve().parent.iterdir():
        name = path.name.partition(".")[0]
        if name in sys.stdlib_module_names or path.name.startswith(PARTS):
            yield path


def zone_data() -> Path:
    """Return the folder that the standard library's `zoneinfo` reads."""
    return Path("/usr/share/zoneinfo")


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # this machine does not have it
    try:
        allowed = rights if path.is_dir() else rights & (READ_FILE | WRITE_FILE | TRUNCATE)
        rule = struct.pack("<Qi", allowed, descriptor)
        if syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, 0):
            raise OSError(f"landlock: no rule could be made for {path}")
    finally:
        os.close(descriptor)
