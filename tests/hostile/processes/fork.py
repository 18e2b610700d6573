"""Forks by os.fork, forkpty, the raw call and a clone that waits as vfork does; the child ends at once."""

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
    for way in (os.fork, lambda: os.forkpty()[0], lambda: c(57), lambda: c(56, 0x4000 | 17, 0, 0, 0, 0)):
        try:
            pid = way()
        except OSError:
            continue
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        return "a child was born and ended"
