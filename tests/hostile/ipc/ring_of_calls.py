"""Makes an io_uring, by which files are opened past a filter of calls."""

import ctypes
import os


def attack():
    for entries in (1, 8):
        try:
            os.close(c(425, entries, ctypes.create_string_buffer(120)))
            return "an io_uring was made"
        except OSError:
            continue
    c(427, -1, 8, 0, 0)
    return "io_uring_register was let through"
