"""Moves pages of memory and files through pipes: vmsplice, splice, tee, sendfile, copy_file_range."""

import ctypes
import os

import numpy as np


class Part(ctypes.Structure):
    _fields_ = [("address", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def attack():
    one, two = os.pipe(), os.pipe()
    room = ctypes.create_string_buffer(b"x" * 64)
    part = Part(ctypes.addressof(room), 16)
    source = os.open(np.__file__, os.O_RDONLY)
    ways = (
        lambda: c(278, one[1], ctypes.byref(part), 1, 0),
        lambda: os.splice(source, one[1], 16),
        lambda: c(276, one[0], two[1], 8, 0),
        lambda: os.sendfile(two[1], source, 0, 16),
    )
    try:
        for number, way in enumerate(ways):
            try:
                if way() > 0:
                    return f"way {number} moved pages"
            except OSError:
                continue
    finally:
        for descriptor in (*one, *two, source):
            os.close(descriptor)
