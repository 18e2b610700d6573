"""A filter of system calls for a submission's process, and for all that could come from it: an allowlist.

All calls that are not listed here are refused with EPERM: among others, those that start processes or threads, open
sockets, send signals, share memory, look into other processes, or change limits, priorities and namespaces.

The filter is a program in the kernel's BPF language. It is built once, before any submission is read, and
`worker.confine` loads it in each submission's process. It exists for Linux on x86_64 and aarch64 only. Sources:
seccomp(2), linux/seccomp.h, linux/audit.h, linux/bpf_common.h; the numbers of the calls are those of the kernel's
headers, asm/unistd_64.h and asm-generic/unistd.h.
"""

from __future__ import annotations

import errno
import fcntl
import os
import platform
import struct
import sys
import termios
from collections.abc import Iterable

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # as the kernel's audit names them, in the table's order
X32 = 0x40000000  # the bit that calls of the x32 interface have
LOAD, JUMP_EQUAL, JUMP_FROM, AND, RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets into what the kernel shows the filter
INSTRUCTION = struct.Struct("<HBBI")
Instruction = tuple[int, int, int, int]

FCNTL = (fcntl.F_DUPFD, fcntl.F_GETFD, fcntl.F_SETFD, fcntl.F_GETFL, fcntl.F_DUPFD_CLOEXEC)  # no locks, no signals
IOCTL = (termios.TCGETS, termios.TIOCGWINSZ, termios.FIONREAD, termios.FIOCLEX, termios.FIONCLEX)
# FUTEX_WAIT, FUTEX_WAKE, and FUTEX_WAIT_BITSET, which is how the C library waits with a deadline, by either clock;
# each on a futex that no other process can wait for (128).
FUTEX = (128 | 0, 128 | 1, 128 | 9, 256 | 128 | 9)
MADVISE = (4, 8, 14, 15)  # DONTNEED, FREE, HUGEPAGE, NOHUGEPAGE: used by allocators and NumPy on their own memory
CLOCKS = range(12)  # the machine's and the process's own; clocks of other processes have other numbers
ARCH_PRCTL = (0x1002, 0x1003)  # ARCH_SET_FS, ARCH_GET_FS: where the thread keeps its own data
PRCTL = (3, 15, 16, 23, 0x53564D41)  # GET_DUMPABLE, SET_NAME, GET_NAME, CAPBSET_READ, SET_VMA

# Calls that are allowed with any arguments, with their numbers on x86_64 and aarch64. Calls that could carry something
# from one submission to the next are not needed, and not listed: those that move pages into or out of memory or tell
# which are there, that force writing, and that tell about the machine's memory and disks.
PLAIN: dict[str, tuple[int, int | None]] = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "stat": (4, None),
    "fstat": (5, 80),
    "lstat": (6, None),
    "poll": (7, None),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "pread64": (17, 67),
    "pwrite64": (18, 68),
    "readv": (19, 65),
    "writev": (20, 66),
    "access": (21, None),
    "pipe": (22, None),
    "select": (23, None),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "dup": (32, 23),
    "dup2": (33, None),
    "pause": (34, None),
    "nanosleep": (35, 101),
    "getitimer": (36, 102),
    "alarm": (37, None),
    "setitimer": (38, 103),
    "getpid": (39, 172),
    "exit": (60, 93),
    "uname": (63, 160),
    "ftruncate": (77, 46),
    "getdents": (78, None),
    "getcwd": (79, 17),
    "chdir": (80, 49),
    "rename": (82, None),
    "mkdir": (83, None),
    "rmdir": (84, None),
    "unlink": (87, None),
    "readlink": (89, None),
    "umask": (95, 166),
    "gettimeofday": (96, 169),
    "getrlimit": (97, 163),
    "getrusage": (98, 165),
    "times": (100, 153),
    "getuid": (102, 174),
    "getgid": (104, 176),
    "geteuid": (107, 175),
    "getegid": (108, 177),
    "getppid": (110, 173),
    "getpgrp": (111, None),
    "getgroups": (115, 158),
    "getresuid": (118, 148),
    "getresgid": (120, 150),
    "getpgid": (121, 155),
    "getsid": (124, 156),
    "rt_sigpending": (127, 136),
    "sigaltstack": (131, 132),
    "getpriority": (140, 141),
    "gettid": (186, 178),
    "time": (201, None),
    "getdents64": (217, 61),
    "set_tid_address": (218, 96),
    "restart_syscall": (219, 128),
    "exit_group": (231, 94),
    "epoll_wait": (232, None),
    "epoll_ctl": (233, 21),
    "mkdirat": (258, 34),
    "newfstatat": (262, 79),
    "unlinkat": (263, 35),
    "renameat": (264, 38),
    "readlinkat": (267, 78),
    "faccessat": (269, 48),
    "pselect6": (270, 72),
    "ppoll": (271, 73),
    "set_robust_list": (273, 99),
    "epoll_pwait": (281, 22),
    "eventfd2": (290, 19),
    "epoll_create1": (291, 20),
    "dup3": (292, 24),
    "pipe2": (293, 59),
    "preadv": (295, 69),
    "pwritev": (296, 70),
    "getcpu": (309, 168),
    "renameat2": (316, 276),
    "getrandom": (318, 278),
    "statx": (332, 291),
    "rseq": (334, 293),
    "close_range": (436, 436),
    "faccessat2": (439, 439),
}
# Calls that are allowed depending on an argument, or answered specially.
BY_ARGUMENT: dict[str, tuple[int, int | None]] = {
    "open": (2, None),
    "openat": (257, 56),
    "ioctl": (16, 29),
    "fcntl": (72, 25),
    "prctl": (157, 167),
    "arch_prctl": (158, None),
    "prlimit64": (302, 261),
    "clone3": (435, 435),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "futex": (202, 98),
    "madvise": (28, 233),
    "sched_getaffinity": (204, 123),
}


def build_filter(machine: str = "") -> bytes | None:
    """Return the filter's program for a kind of processor, by default this machine's; None where there is none."""
    machine = machine or platform.machine()
    if sys.platform != "linux" or machine not in ARCHITECTURES:
        return None
    head = [(LOAD, 0, 0, ARCHITECTURE), (JUMP_EQUAL, 1, 0, ARCHITECTURES[machine]), (RETURN, 0, 0, KILL)]
    head += [(LOAD, 0, 0, NUMBER)]
    if machine == "x86_64":
        head += [(JUMP_FROM, 0, 1, X32), (RETURN, 0, 0, KILL)]
    column = list(ARCHITECTURES).index(machine)
    rules: list[Instruction] = []
    for numbers in PLAIN.values():
        rules += _when(numbers[column], [(RETURN, 0, 0, ALLOW)])
    for name, answer in _answers().items():
        rules += _when(BY_ARGUMENT[name][column], answer)
    return b"".join(INSTRUCTION.pack(*each) for each in [*head, *rules, (RETURN, 0, 0, ERROR | errno.EPERM)])


def _answers() -> dict[str, list[Instruction]]:
    """Return the instructions for each call that depends on an argument."""
    return {
        "clone3": [(RETURN, 0, 0, ERROR | errno.ENOSYS)],  # as if the kernel did not know it
        "fcntl": _one_of(1, FCNTL, errno.EPERM),
        "ioctl": _one_of(1, IOCTL, errno.ENOTTY),
        "prctl": _one_of(0, PRCTL, errno.EPERM),
        "arch_prctl": _one_of(0, ARCH_PRCTL, errno.EPERM),
        "clock_gettime": _one_of(0, CLOCKS, errno.EINVAL),
        "clock_getres": _one_of(0, CLOCKS, errno.EINVAL),
        "clock_nanosleep": _one_of(0, CLOCKS, errno.EINVAL),
        "futex": _one_of(1, FUTEX, errno.EPERM),
        "madvise": _one_of(2, MADVISE, errno.EPERM),
        "prlimit64": _one_of(0, (0,), errno.EPERM),  # only its own limits
        "sched_getaffinity": _one_of(0, (0,), errno.EPERM),  # only its own cores
        "open": _no_truncating_read(1),
        "openat": _no_truncating_read(2),
    }


def _when(value: int | None, then: list[Instruction]) -> list[Instruction]:
    """Run `then`, which ends in a return, for one value of the accumulator, which otherwise stays as it is."""
    return [] if value is None else [(JUMP_EQUAL, 0, len(then), value), *then]


def _one_of(argument: int, allowed: Iterable[int], otherwise: int) -> list[Instruction]:
    """Allow a call whose argument is one of these; like the kernel, it ignores the argument's upper half."""
    checks = [each for value in allowed for each in _when(value & 0xFFFFFFFF, [(RETURN, 0, 0, ALLOW)])]
    return [(LOAD, 0, 0, ARGUMENTS + 8 * argument), *checks, (RETURN, 0, 0, ERROR | otherwise)]


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
