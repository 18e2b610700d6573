"""Empties a file that it may only read, by O_RDONLY|O_TRUNC, aimed at files of NumPy that are empty anyway."""

import os

import numpy as np


def attack():
    folder = os.path.dirname(np.__file__)
    for path in (os.path.join(folder, "py.typed"), os.path.join(folder, "fft", "tests", "__init__.py")):
        ways = (
            lambda: os.open(path, os.O_RDONLY | os.O_TRUNC),
            lambda: c(257, -100, path.encode(), os.O_RDONLY | os.O_TRUNC, 0),
            lambda: c(2, path.encode(), os.O_RDONLY | os.O_TRUNC, 0),
        )
        for number, way in enumerate(ways):
            try:
                if os.stat(path).st_size == 0:
                    os.close(way())
                    return f"way {number} opened {path} with O_TRUNC"
            except OSError:
                continue
