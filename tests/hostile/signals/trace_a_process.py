"""Attaches to the zygote and the grader by ptrace without stopping them, and asks to be traced itself."""

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
    for pid in (os.getppid(), TARGETS["grader_pid"]):
        try:
            c(101, 0x4206, pid, 0, 0)
            return f"ptrace holds {pid}"
        except OSError:
            continue
    return None
