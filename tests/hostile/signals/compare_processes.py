"""Compares itself with the zygote by kcmp, which tells whether files and memory are shared."""

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
        for kind in range(7):
            try:
                return f"kcmp({kind}) with {pid} told {c(312, os.getpid(), pid, kind, 0, 0)}"
            except OSError:
                continue
