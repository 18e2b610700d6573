"""Makes a Landlock domain of its own, which could only bind it more, to see what calls are open after lock-down."""

import ctypes
import os
import struct

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
    try:
        return f"Landlock's version {c(444, 0, 0, 1)} is told after lock-down"
    except OSError:
        rules = ctypes.create_string_buffer(struct.pack("=Q", 1), 8)
        os.close(c(444, rules, 8, 0))
        return "a rule set was made"
