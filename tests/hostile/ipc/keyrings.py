"""Puts a key into the session's and the user's keyring, where the next one finds it, and reads what is there."""

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
    for ring in (-3, -4, -5, -2, -1):
        try:
            key = c(248, b"user", f"left-{os.getpid()}".encode(), b"x", 1, ring)
            c(250, 21, key, ring)
            return f"a key went into ring {ring}"
        except OSError:
            continue
    return f"keyring {c(250, 0, -3, 0)} is there"
