"""Makes an io_uring, by which files are opened past a filter of calls."""

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
    for entries in (1, 8):
        try:
            os.close(c(425, entries, ctypes.create_string_buffer(120)))
            return "an io_uring was made"
        except OSError:
            continue
    c(427, -1, 8, 0, 0)
    return "io_uring_register was let through"
