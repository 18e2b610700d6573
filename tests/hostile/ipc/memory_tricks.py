"""Locks memory, moves pages between nodes, advises other processes' memory, makes protection keys."""

import ctypes
import os


def attack():
    page = ctypes.create_string_buffer(8192)
    start = (ctypes.addressof(page) + 4095) & ~4095
    ways = (
        lambda: c(151, 2),
        lambda: c(279, os.getppid(), 0, 0, 0, 0, 0),
        lambda: c(256, os.getppid(), 0, 0, 0),
        lambda: c(238, 0, 0, 0),
        lambda: c(330, 0, 0),
        lambda: c(149, ctypes.c_void_p(start), 4096),
    )
    for number, way in enumerate(ways):
        try:
            way()
            return f"way {number} was let through"
        except OSError:
            continue
