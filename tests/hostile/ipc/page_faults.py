"""Catches page faults by userfaultfd, by the call and by its device."""

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
    for flags in (os.O_CLOEXEC, os.O_CLOEXEC | 1):
        try:
            os.close(c(323, flags))
            return "userfaultfd worked"
        except OSError:
            continue
    os.close(os.open("/dev/userfaultfd", os.O_RDWR))
    return "/dev/userfaultfd is open"
