"""Makes files of memory that no file limit knows: memfd_create, sealed, secret, huge."""

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
    for call in ((319, b"x", 0), (319, b"x", 2), (319, b"x", 4), (447, 0)):
        try:
            os.close(c(*call))
            return f"call {call[0]} made a memory file"
        except OSError:
            continue
