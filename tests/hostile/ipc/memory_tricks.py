"""Locks memory, moves pages between nodes, advises other processes' memory, makes protection keys."""

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
    page = ctypes.create_string_buffer(8192)
    start = (ctypes.addressof(page) + 4095) & ~4095
    ways = (
        lambda: c(151, 2),
        lambda: c(279, os.getppid(), 0, 0, 0, 0, 0),
        lambda: c(256, os.getppid(), 0, 0, 0),
        lambda: c(238, 0, 0, 0),
        lambda: c(330, 0, 0),
        lambda: c(149, ctypes.c_void_p(start), 4096),
    )
    for number, way in enumerate(ways):
        try:
            way()
            return f"way {number} was let through"
        except OSError:
            continue
