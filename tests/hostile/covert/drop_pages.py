"""Drops pages of Python's own files from memory: which ones are missing is a message to the next process."""

import os

import numpy as np


def attack():
    done = []
    for place in (os.__file__, np.__file__):
        descriptor = os.open(place, os.O_RDONLY)
        for advice in range(6):
            try:
                os.posix_fadvise(descriptor, 0, 0, advice)
                done.append(advice)
            except OSError:
                continue
        os.close(descriptor)
    return f"advice on files: {done}" if done else None
