"""Confine a submission's process from inside, before it reads the student's file (Linux).

In this order: a session of its own that dies with its parent; standard streams of its own, which lead nowhere;
Landlock; all descriptors closed except those and three pipes of ours; limits; no capabilities; and finally the filter
of system calls (`worker.seccomp`). A layer that the kernel lacks is skipped. Escape tests (`autograder.sandbox`) find
out whether the others are enough.

Landlock restricts a process from within, root or not. It may then read the standard library, NumPy, the libraries that
these load, and an exercise's data files, and can't write anywhere, execute anything, use a TCP port, or signal a
process outside. Rules name files, not their folders, so that other files there stay out of reach. The ruleset is made
once, before any submission is read, and each submission's process restricts itself with it. Sources: landlock(7),
linux/landlock.h; rights are numbered in the order of the kernel versions that introduced them.

In bubblewrap, data files are among the visible files. Without it, the worker program makes a new folder for them, in
memory if possible, and removes it at its end. The times of the files don't tell whether others have read them.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import resource
import shutil
import signal
import struct
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from autograder.limits import Limits
from autograder.worker.seccomp import INSTRUCTION, build_filter

# Functions of the C library that Python does not offer, looked up once, to save time in forked processes.
LIBC = ctypes.CDLL(None, use_errno=True)
prctl, syscall, capset = LIBC.prctl, LIBC.syscall, LIBC.capset

REQUESTS, REPLIES, REPORT = 3, 4, 5  # descriptors of the pipes from and to the grader, and of one to the fork server
STACK = 64 * 2**20
SIGNALS = 64  # that may be pending
CAPABILITIES_3 = 0x20080522
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
SECCOMP_MODE_FILTER = 2

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every architecture
VERSION_FLAG, PATH_BENEATH = 1, 1
RIGHTS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many rights on files each version of Landlock knows
WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
TRUNCATE = 1 << 14
READ = READ_FILE | READ_DIR
DEVICES = ("/dev/zero", "/dev/urandom")
# Parts of the standard library beside modules: extension modules, bytecode, how Python was built.
PARTS = ("lib-dynload", "__pycache__", "_sysconfigdata")

DATA_PREFIX = "autograder-data-"
DATA_PLACES = ("/dev/shm", "/tmp")  # the first one is in memory
OLD = 60.0  # seconds after which a folder that nobody has locked is an abandoned one
WRITTEN = 946_684_800  # the date of the files
DAY = 86_400


class Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


@dataclass(frozen=True, kw_only=True, slots=True)
class Layers:
    """Layers of confinement that are prepared once for all submissions of a sandbox; None for one that is skipped."""

    ruleset: int | None
    program: bytes | None
    limits: Limits | None


def prepare(limits: Limits, without: frozenset[str], libraries: Sequence[str], folder: str) -> Layers:
    """Prepare everything that does not depend on a submission, without the layers to be skipped."""
    return Layers(
        ruleset=None if "landlock" in without else _make_ruleset(libraries, folder),
        program=None if "filter" in without else build_filter(),
        limits=None if "limits" in without else limits,
    )


def confine(layers: Layers, *, requests: int, replies: int, report: int) -> None:
    """Confine this process for good; three descriptors stay open, as `REQUESTS`, `REPLIES` and `REPORT`."""
    os.setsid()
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    hide_memory()
    _replace_standard_streams()
    if layers.ruleset is not None:
        _restrict(layers.ruleset)
    kept = {REQUESTS: requests, REPLIES: replies, REPORT: report}
    copies = {number: fcntl.fcntl(descriptor, fcntl.F_DUPFD, REPORT + 1) for number, descriptor in kept.items()}
    for number, copy in copies.items():
        os.dup2(copy, number)
    os.closerange(REPORT + 1, _descriptor_limit())
    if layers.limits is not None:
        _limit(layers.limits)
    _drop_capabilities()
    if layers.program is not None:
        _load_filter(layers.program)


def become(user: int) -> None:
    """Change to another user, without groups or rights of its own, for good; from root."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    os.listdir(os.path.dirname(os.__file__))  # noqa: PTH120,PTH208  # raises where that user can't read Python itself


def hide_memory() -> None:
    """Keep other processes of the same user from reading this one's memory, and the kernel from dumping it."""
    prctl(PR_SET_DUMPABLE, 0)


def _replace_standard_streams() -> None:
    """Open standard streams that no other process shares: flags set on them would reach the next submission."""
    for standard in (0, 1, 2):
        os.close(standard)
        os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is the one just closed


def _descriptor_limit() -> int:
    """Return a number above all descriptors: the grader may have had many open when it started the worker program."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2**20 if hard == resource.RLIM_INFINITY else hard


def _limit(limits: Limits) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.total_cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_STACK, STACK),
        (resource.RLIMIT_SIGPENDING, SIGNALS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))


def _drop_capabilities() -> None:
    """Give up all rights that distinguish root from an ordinary user; see the third version of capset(2)."""
    header, nothing = struct.pack("<Ii", CAPABILITIES_3, 0), bytes(24)
    if capset(header, nothing):
        raise OSError(ctypes.get_errno(), "capset")


def _load_filter(program: bytes) -> None:
    """Put the filter on this process, for good."""
    argument = Program(len(program) // INSTRUCTION.size, program)
    if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or prctl(
        PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(argument), 0, 0
    ):
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")


# ---- Landlock: the files that a submission may read


def landlock_version() -> int:
    """Return the version of Landlock that the kernel offers, 0 if it offers none."""
    return max(0, int(syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG)))


def _make_ruleset(libraries: Sequence[str], folder: str) -> int | None:
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


def _restrict(ruleset: int) -> None:
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


# ---- the data files of an exercise


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
    for place in DATA_PLACES:
        with contextlib.suppress(OSError):
            return tempfile.mkdtemp(prefix=DATA_PREFIX, dir=place)
    raise OSError(f"no folder for data files can be made in {' or '.join(DATA_PLACES)}")


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):
        for path in (folder, *folder.rglob("*")):
            if path.is_dir():
                path.chmod(0o700)
        shutil.rmtree(folder)


def _remove_abandoned() -> None:
    """Remove the folders that this user's worker programs have left because they were killed."""
    for place in DATA_PLACES:
        for folder in Path(place).glob(f"{DATA_PREFIX}*"):
            with contextlib.suppress(OSError):
                holder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
                try:
                    found = os.fstat(holder)
                    if found.st_uid == os.geteuid() and time.time() - found.st_ctime > OLD:
                        fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        _remove(folder)
                finally:
                    os.close(holder)
