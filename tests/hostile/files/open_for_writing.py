"""Opens forbidden and readable files for writing, without writing: neighbor, key, NumPy, its own interpreter."""

import os
import sys

import numpy as np


def attack():
    for path in (
        TARGETS["neighbor"],
        TARGETS["key"],
        TARGETS["reference"],
        TARGETS["readable_secret"],
        np.__file__,
        os.__file__,
        os.path.realpath(sys.executable),
    ):
        try:
            os.close(os.open(path, os.O_WRONLY))
        except OSError:
            continue
        return f"{path} is open for writing"
