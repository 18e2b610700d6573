"""Makes a POSIX message queue."""

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
    name = f"left-{os.getpid()}".encode()
    os.close(c(240, name, os.O_CREAT | os.O_RDWR, 0o600, 0))
    c(241, name)
    return "a queue was made and removed"
