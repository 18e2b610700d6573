"""What of the file system a submission may see: NumPy, the standard library, shared libraries; it writes nowhere.

Landlock restricts a process from within, root or not. The ruleset is made once, before any submission is read; each
child restricts itself by it. Nothing may be executed, no TCP port used, no process outside be signalled. Sources:
landlock(7), linux/landlock.h; the rights are numbered in the order of the kernel versions that brought them.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from autograder.worker.libc import prctl, syscall

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every architecture
VERSION_FLAG, PATH_BENEATH = 1, 1
PR_SET_NO_NEW_PRIVS = 38
RIGHTS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many rights on files that version knows
WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
TRUNCATE = 1 << 14
READ = READ_FILE | READ_DIR
DEVICES = ("/dev/zero", "/dev/urandom")
LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo")
OTHERS_PACKAGES = ("python", "site-packages", "dist-packages")  # where packages other than NumPy lie


def version() -> int:
    """Return the version of Landlock that the kernel offers, 0 where it offers none."""
    return max(0, int(_syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG)))


def make_ruleset() -> int | None:
    """Return the descriptor of a ruleset that allows what Python needs, or None without Landlock."""
    offered = version()
    if not offered:
        return None
    handled = (1 << RIGHTS_OF_VERSION[min(offered, 5)]) - 1
    attributes = struct.pack("<QQQ", handled, 3 if offered >= 4 else 0, 3 if offered >= 6 else 0)
    size = 24 if offered >= 6 else 16 if offered >= 4 else 8
    ruleset = int(_syscall(CREATE_RULESET, attributes, ctypes.c_size_t(size), 0))
    if ruleset < 0:
        return None
    _allow(ruleset, Path(os.__file__).parent, READ_DIR)  # the import system lists it; files below need their own rule
    for place in _readable():
        _allow(ruleset, place, READ & handled)
    _allow(ruleset, Path(os.devnull), (READ_FILE | WRITE_FILE | TRUNCATE) & handled)
    return ruleset


def restrict(ruleset: int) -> None:
    """Restrict this process by the ruleset, for good."""
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if _syscall(RESTRICT_SELF, ruleset, 0):
        raise OSError("landlock: the process could not be restricted")


def _readable() -> Iterator[Path]:
    """Yield what may be read: folders of libraries without the Python packages in them, NumPy's own, devices."""
    standard = Path(os.__file__).parent
    yield from (place for place in standard.iterdir() if place.name not in OTHERS_PACKAGES)
    for folder in (*map(Path, LIBRARIES), standard.parent):
        if folder.is_dir():
            yield from (place for place in folder.iterdir() if not place.name.startswith(OTHERS_PACKAGES))
    numpy = Path(np.__file__).parent
    yield from (numpy, numpy.with_name("numpy.libs"), *map(Path, DEVICES))


def _allow(ruleset: int, place: Path, rights: int) -> None:
    try:
        descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not on this machine
    try:
        of_files = rights if place.is_dir() else rights & (READ_FILE | WRITE_FILE | TRUNCATE)
        rule = struct.pack("<Qi", of_files, descriptor)
        if _syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, 0):
            raise OSError(f"landlock: no rule could be made for {place}")
    finally:
        os.close(descriptor)


def _syscall(number: int, *arguments: object) -> int:
    return int(syscall(number, *arguments))
