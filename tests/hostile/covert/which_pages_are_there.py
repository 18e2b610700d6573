"""Asks which pages of Python's own files are in memory: by mincore, by reads that must not wait, by cachestat."""

import ctypes
import mmap
import os


def attack():
    found = []
    descriptor = os.open(os.__file__, os.O_RDONLY)
    size = os.fstat(descriptor).st_size
    pages = mmap.mmap(descriptor, size, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE)
    there = ctypes.create_string_buffer(size // 4096 + 1)
    try:
        c(27, ctypes.byref(ctypes.c_char.from_buffer(pages)), size, there)
        found.append("mincore")
    except OSError:
        pass
    try:
        os.preadv(descriptor, [bytearray(64)], 0, os.RWF_NOWAIT)
        found.append("preadv2")
    except OSError:
        pass
    try:
        c(451, descriptor, (ctypes.c_uint64 * 2)(0, 0), (ctypes.c_uint64 * 5)(), 0)
        found.append("cachestat")
    except OSError:
        pass
    return found
