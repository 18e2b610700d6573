"""Sends signal 0 by tkill and tgkill, whose first number is a thread's."""

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long


def c(number, *args):
    """Make one raw system call; raise OSError where it fails."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in args]
    result = LIBC.syscall(ctypes.c_long(number), *words)
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def attack():
    for pid in (os.getppid(), TARGETS["grader_pid"], 1):
        for call in ((200, pid, 0), (234, pid, pid, 0), (234, os.getpid(), pid, 0)):
            try:
                c(*call)
                return f"call {call[0]} reached {pid}"
            except OSError:
                continue
