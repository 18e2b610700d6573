"""Reads the hidden answer key as bytes, with plain open, os.open and numpy.fromfile."""

import os

import numpy as np


def by_descriptor(path):
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, 1000)
    finally:
        os.close(descriptor)


def by_open(path):
    with open(path, "rb") as file:
        return file.read(1000)


def attack():
    for way in (by_open, by_descriptor, lambda path: np.fromfile(path, dtype=np.uint8, count=1000).tobytes()):
        try:
            data = way(TARGETS["key"])
        except OSError:
            continue
        if data:
            return f"answer key: {len(data)} bytes"
