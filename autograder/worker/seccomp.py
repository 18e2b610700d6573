"""A filter of system calls for a submission's process, and for all that could come from it: an allowlist.

What is not listed here is refused with EPERM: among others, whatever starts processes or threads, opens sockets, sends
signals, shares memory, looks into other processes, or changes limits, priorities and namespaces.

The filter is a program in the kernel's own little language. It is built once, before any submission is read, and loaded
in each submission's process. Linux on x86_64; elsewhere there is none. Sources: seccomp(2), linux/seccomp.h,
linux/bpf_common.h; the numbers of the calls are those of the kernel's headers.
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

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 22, 38, 2
AUDIT_ARCH_X86_64 = 0xC000003E
X32 = 0x40000000  # the bit that calls of the x32 interface have
LOAD, JUMP_EQUAL, JUMP_FROM, JUMP_ANY_BIT, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets into what the kernel shows the filter
INSTRUCTION = struct.Struct("<HBBI")
Instruction = tuple[int, int, int, int]

FCNTL = (fcntl.F_DUPFD, fcntl.F_GETFD, fcntl.F_SETFD, fcntl.F_GETFL, fcntl.F_DUPFD_CLOEXEC)  # no locks, no signals
IOCTL = (termios.TCGETS, termios.TIOCGWINSZ, termios.FIONREAD, termios.FIOCLEX, termios.FIONCLEX)
FUTEX_PRIVATE = 128  # a futex that no other process can wait for
CLOCKS = range(12)  # the machine's and the process's own; clocks of other processes have other numbers
ARCH_PRCTL = (0x1002, 0x1003)  # ARCH_SET_FS, ARCH_GET_FS: where the thread keeps its own data
PRCTL = (3, 15, 16, 23, 0x53564D41)  # GET_DUMPABLE, SET_NAME, GET_NAME, CAPBSET_READ, SET_VMA

# Calls that are allowed whatever their arguments are.
PLAIN = {
    "read": 0,
    "write": 1,
    "close": 3,
    "stat": 4,
    "fstat": 5,
    "lstat": 6,
    "poll": 7,
    "lseek": 8,
    "mmap": 9,
    "mprotect": 10,
    "munmap": 11,
    "brk": 12,
    "rt_sigaction": 13,
    "rt_sigprocmask": 14,
    "rt_sigreturn": 15,
    "pread64": 17,
    "pwrite64": 18,
    "readv": 19,
    "writev": 20,
    "access": 21,
    "pipe": 22,
    "select": 23,
    "sched_yield": 24,
    "mremap": 25,
    "mincore": 27,
    "madvise": 28,
    "dup": 32,
    "dup2": 33,
    "pause": 34,
    "nanosleep": 35,
    "getitimer": 36,
    "alarm": 37,
    "setitimer": 38,
    "getpid": 39,
    "exit": 60,
    "uname": 63,
    "fsync": 74,
    "fdatasync": 75,
    "ftruncate": 77,
    "getdents": 78,
    "getcwd": 79,
    "chdir": 80,
    "rename": 82,
    "mkdir": 83,
    "rmdir": 84,
    "unlink": 87,
    "readlink": 89,
    "umask": 95,
    "gettimeofday": 96,
    "getrlimit": 97,
    "getrusage": 98,
    "sysinfo": 99,
    "times": 100,
    "getuid": 102,
    "getgid": 104,
    "geteuid": 107,
    "getegid": 108,
    "getppid": 110,
    "getpgrp": 111,
    "getgroups": 115,
    "getresuid": 118,
    "getresgid": 120,
    "getpgid": 121,
    "getsid": 124,
    "rt_sigpending": 127,
    "sigaltstack": 131,
    "statfs": 137,
    "fstatfs": 138,
    "getpriority": 140,
    "gettid": 186,
    "time": 201,
    "sched_getaffinity": 204,
    "getdents64": 217,
    "set_tid_address": 218,
    "restart_syscall": 219,
    "fadvise64": 221,
    "exit_group": 231,
    "epoll_wait": 232,
    "epoll_ctl": 233,
    "mkdirat": 258,
    "newfstatat": 262,
    "unlinkat": 263,
    "renameat": 264,
    "readlinkat": 267,
    "faccessat": 269,
    "pselect6": 270,
    "ppoll": 271,
    "set_robust_list": 273,
    "get_robust_list": 274,
    "epoll_pwait": 281,
    "eventfd2": 290,
    "epoll_create1": 291,
    "dup3": 292,
    "pipe2": 293,
    "preadv": 295,
    "pwritev": 296,
    "getcpu": 309,
    "renameat2": 316,
    "getrandom": 318,
    "membarrier": 324,
    "statx": 332,
    "rseq": 334,
    "close_range": 436,
    "faccessat2": 439,
}
# Calls that are allowed depending on an argument, or answered in a way of their own.
BY_ARGUMENT = {
    "open": 2,
    "openat": 257,
    "ioctl": 16,
    "fcntl": 72,
    "prctl": 157,
    "arch_prctl": 158,
    "prlimit64": 302,
    "clone3": 435,
    "clock_gettime": 228,
    "clock_getres": 229,
    "clock_nanosleep": 230,
    "futex": 202,
}


class Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def build_filter() -> bytes | None:
    """Return the filter's program, or None on a machine that has none."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return None
    head = [(LOAD, 0, 0, ARCHITECTURE), (JUMP_EQUAL, 1, 0, AUDIT_ARCH_X86_64), (RETURN, 0, 0, KILL)]
    head += [(LOAD, 0, 0, NUMBER), (JUMP_FROM, 0, 1, X32), (RETURN, 0, 0, KILL)]
    rules = [rule for number in PLAIN.values() for rule in _when(number, [(RETURN, 0, 0, ALLOW)])]
    rules += _when(BY_ARGUMENT["clone3"], [(RETURN, 0, 0, ERROR | errno.ENOSYS)])  # as if the kernel did not know it
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


def load_filter(program: bytes) -> None:
    """Put the filter on this process, for good."""
    argument = Program(len(program) // INSTRUCTION.size, program)
    if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or prctl(
        PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(argument), 0, 0
    ):
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")


def _when(value: int, then: list[Instruction]) -> list[Instruction]:
    """Run `then`, which ends in a return, for one value of the accumulator, which otherwise stays as it is."""
    return [(JUMP_EQUAL, 0, len(then), value), *then]


def _one_of(argument: int, allowed: Iterable[int], otherwise: int) -> list[Instruction]:
    """Allow a call whose argument is one of these; neither this nor the kernel looks at its upper half."""
    checks = [each for value in allowed for each in _when(value & 0xFFFFFFFF, [(RETURN, 0, 0, ALLOW)])]
    return [(LOAD, 0, 0, ARGUMENTS + 8 * argument), *checks, (RETURN, 0, 0, ERROR | otherwise)]


def _with_bit(argument: int, bit: int) -> list[Instruction]:
    """Allow a call if a bit of its argument is set."""
    return [
        (LOAD, 0, 0, ARGUMENTS + 8 * argument),
        (JUMP_ANY_BIT, 0, 1, bit),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, ERROR | errno.EPERM),
    ]


def _no_truncating_read(argument: int) -> list[Instruction]:
    """Refuse flags that truncate a file opened for reading, or for nothing: Landlock of older kernels allows it."""
    return [
        (LOAD, 0, 0, ARGUMENTS + 8 * argument),
        (AND, 0, 0, os.O_ACCMODE | os.O_TRUNC),
        (JUMP_EQUAL, 3, 0, os.O_RDONLY | os.O_TRUNC),
        (AND, 0, 0, os.O_ACCMODE),
        (JUMP_EQUAL, 1, 0, os.O_ACCMODE),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, ERROR | errno.EPERM),
    ]
