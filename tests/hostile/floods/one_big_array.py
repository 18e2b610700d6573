"""Asks for arrays larger than any limit, touched and untouched."""

import numpy as np


def attack():
    for size in (20 << 27, 3 << 27):
        for make in (np.empty, np.zeros):
            try:
                return f"{make(size).nbytes >> 20} MB were given"
            except MemoryError:
                continue
