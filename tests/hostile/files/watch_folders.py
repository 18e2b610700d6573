"""Watches the submissions' folder with inotify and fanotify, to learn who is graded when."""

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
    try:
        watcher = c(294, os.O_NONBLOCK)
        c(254, watcher, TARGETS["submissions_folder"].encode(), 0xFFF)
        os.close(watcher)
        return "inotify watches the submissions"
    except OSError:
        watcher = c(300, 0x200, os.O_RDONLY)
        os.close(watcher)
        return "fanotify gave a watcher"
