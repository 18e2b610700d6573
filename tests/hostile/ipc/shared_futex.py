"""Wakes whoever waits at an address of a library that all processes share: a futex without the private flag."""

import ctypes
import mmap
import os


def attack():
    library = next(name for name in ("/lib/x86_64-linux-gnu/libc.so.6", "/usr/lib/x86_64-linux-gnu/libc.so.6") if os.path.exists(name))
    descriptor = os.open(library, os.O_RDONLY)
    shared = mmap.mmap(descriptor, 4096, mmap.MAP_SHARED, mmap.PROT_READ)
    os.close(descriptor)
    LIBC.mmap.restype = ctypes.c_void_p
    anonymous = LIBC.mmap(None, ctypes.c_size_t(4096), 3, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS, -1, 0)
    c(202, ctypes.c_void_p(anonymous), 1, 1, 0, 0, 0)
    return f"woke at shared memory, {len(shared)} bytes of a library mapped"
