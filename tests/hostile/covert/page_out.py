"""Moves pages out of memory or into it by madvise, readahead, and calls for whole ranges and other processes."""

import ctypes
import mmap
import os

PAGES = 16 * 4096


def attack():
    done = []
    descriptor = os.open(os.__file__, os.O_RDONLY)
    pages = mmap.mmap(descriptor, os.fstat(descriptor).st_size, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE)
    address = ctypes.byref(ctypes.c_char.from_buffer(pages))
    for advice in (1, 2, 3, 9, 10, 11, 12, 13, 16, 18, 20, 21, 22, 23, 25, 100, 101):
        try:
            c(28, address, 4096, advice)
            done.append(f"madvise {advice}")
        except OSError:
            continue
    for name, number, *arguments in (
        ("readahead", 187, descriptor, 0, 4096),
        ("sync_file_range", 277, descriptor, 0, 4096, 7),
        ("msync", 26, address, 4096, 4),
        ("mlock", 149, address, 4096),
        ("mlock2", 325, address, 4096, 1),
        ("mlockall", 151, 1),
        ("remap_file_pages", 216, address, 4096, 0, 0, 0),
        ("process_madvise", 440, 0, 0, 0, 0, 0),
        ("swapoff", 168, b"/swap"),
    ):
        try:
            c(number, *arguments)
            done.append(name)
        except OSError:
            continue
    return done
