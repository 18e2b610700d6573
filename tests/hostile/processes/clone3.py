"""Makes a process by clone3, whose flags lie in memory where no filter of calls can look."""

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
    arguments = (ctypes.c_uint64 * 11)()
    arguments[4] = 17
    pid = c(435, arguments, 88)
    if pid == 0:
        LIBC._exit(0)
    os.waitpid(pid, 0)
    return "clone3 made a process"
