"""A filter of system calls for this process and all it could become: an allowlist, in the kernel's own little language.

The program is built once, before any submission is read, and loaded in each child. Linux on x86_64; elsewhere there is
none. Sources: seccomp(2), linux/seccomp.h, linux/bpf_common.h.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import struct
import sys
import termios
from collections.abc import Iterable

from autograder.worker.libc import prctl
from autograder.worker.syscalls import BY_ARGUMENT, PLAIN

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 22, 38, 2
AUDIT_ARCH_X86_64 = 0xC000003E
X32 = 0x40000000  # calls of the x32 interface have this bit
LOAD, JUMP_EQUAL, JUMP_FROM, JUMP_ANY_BIT, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets into what the kernel shows the filter
INSTRUCTION = struct.Struct("<HBBI")

FCNTL = (fcntl.F_DUPFD, fcntl.F_GETFD, fcntl.F_SETFD, fcntl.F_GETFL, fcntl.F_DUPFD_CLOEXEC)  # no locks, no signals
IOCTL = (termios.TCGETS, termios.TIOCGWINSZ, termios.FIONREAD, termios.FIOCLEX, termios.FIONCLEX)
FUTEX_PRIVATE = 128  # not one that another process could wait at
CLOCKS = range(12)  # the machine's and its own; other processes' clocks have numbers made from theirs
ARCH_PRCTL = (0x1002, 0x1003)  # ARCH_SET_FS and ARCH_GET_FS: where this thread keeps its own data
PRCTL = (3, 15, 16, 23, 0x53564D41)  # GET_DUMPABLE, SET_NAME, GET_NAME, CAPBSET_READ, SET_VMA


class Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def build() -> bytes | None:
    """Return the filter's program, or None where there is none for this machine."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return None
    head = [(LOAD, 0, 0, ARCHITECTURE), (JUMP_EQUAL, 1, 0, AUDIT_ARCH_X86_64), (RETURN, 0, 0, KILL)]
    head += [(LOAD, 0, 0, NUMBER), (JUMP_FROM, 0, 1, X32), (RETURN, 0, 0, KILL)]
    rules = [rule for number in PLAIN.values() for rule in _when(number, [(RETURN, 0, 0, ALLOW)])]
    rules += _when(BY_ARGUMENT["clone3"], [(RETURN, 0, 0, ERROR | errno.ENOSYS)])  # as if it were unknown
    rules += _when(BY_ARGUMENT["fcntl"], _one_of(1, FCNTL, errno.EPERM))
    rules += _when(BY_ARGUMENT["ioctl"], _one_of(1, IOCTL, errno.ENOTTY))
    rules += _when(BY_ARGUMENT["prctl"], _one_of(0, PRCTL, errno.EPERM))
    rules += _when(BY_ARGUMENT["arch_prctl"], _one_of(0, ARCH_PRCTL, errno.EPERM))
    for name in ("clock_gettime", "clock_getres", "clock_nanosleep"):
        rules += _when(BY_ARGUMENT[name], _one_of(0, CLOCKS, errno.EINVAL))
    rules += _when(BY_ARGUMENT["futex"], _with_bit(1, FUTEX_PRIVATE))
    rules += _when(BY_ARGUMENT["prlimit64"], _one_of(0, (0,), errno.EPERM))  # only its own limits
    rules += _when(BY_ARGUMENT["open"], _no_truncating_read(1))
    rules += _when(BY_ARGUMENT["openat"], _no_truncating_read(2))
    return b"".join(INSTRUCTION.pack(*each) for each in [*head, *rules, (RETURN, 0, 0, ERROR | errno.EPERM)])


def load(program: bytes) -> None:
    """Put the filter on this process, for good."""
    argument = Program(len(program) // INSTRUCTION.size, program)
    forgo, filtered = (
        (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(argument), 0, 0),
    )
    if prctl(*forgo) or prctl(*filtered):
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")


Instruction = tuple[int, int, int, int]


def _when(number: int, then: list[Instruction]) -> list[Instruction]:
    """Run `then`, which ends in a return, for one system call; the number is in the accumulator before and after."""
    return [(JUMP_EQUAL, 0, len(then), number), *then]


def _one_of(argument: int, allowed: Iterable[int], otherwise: int) -> list[Instruction]:
    """Allow a call whose argument is one of these; its upper half is not looked at, nor does the kernel."""
    checks = [each for value in allowed for each in _when(value & 0xFFFFFFFF, [(RETURN, 0, 0, ALLOW)])]
    return [(LOAD, 0, 0, ARGUMENTS + 8 * argument), *checks, (RETURN, 0, 0, ERROR | otherwise)]


def _with_bit(argument: int, bit: int) -> list[Instruction]:
    """Allow a call in whose argument a bit is set."""
    return [
        (LOAD, 0, 0, ARGUMENTS + 8 * argument),
        (JUMP_ANY_BIT, 0, 1, bit),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, ERROR | errno.EPERM),
    ]


def _no_truncating_read(argument: int) -> list[Instruction]:
    """Refuse flags that empty a file opened for reading, or for nothing: older kernels' Landlock lets that pass."""
    return [
        (LOAD, 0, 0, ARGUMENTS + 8 * argument),
        (AND, 0, 0, os.O_ACCMODE | os.O_TRUNC),
        (JUMP_EQUAL, 3, 0, os.O_RDONLY | os.O_TRUNC),
        (AND, 0, 0, os.O_ACCMODE),
        (JUMP_EQUAL, 1, 0, os.O_ACCMODE),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, ERROR | errno.EPERM),
    ]
