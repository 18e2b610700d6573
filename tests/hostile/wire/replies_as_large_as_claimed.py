"""Writes raw replies of eight mebibytes, which was once allowed, and of four: the grader should read neither."""

import os
import struct


def fit_standardizer(x):
    for size in (4 * 2**20, 8 * 2**20):
        frame = struct.pack("<I", size) + bytes(size)
        while frame:
            frame = frame[os.write(4, frame) :]
    return x, x
