"""What stands in front of each hostile file: what it is told of the machine, and a way to make raw system calls."""

import ctypes
import os

TARGETS = {}
LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long


def c(number, *args):
    """Make one raw system call; raise OSError where it fails."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in args]
    result = LIBC.syscall(ctypes.c_long(number), *words)
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
