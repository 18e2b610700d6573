"""Looks at the memory around its input and at its .base, where the expected values may have been packed along."""

import ctypes
import os
import sys

import numpy as np

DONE = []


def readable(address, length):
    """Return memory, or b"" where nothing is mapped: the kernel says so when it is asked to write it to a pipe."""
    libc = ctypes.CDLL(None, use_errno=True)
    out, into = os.pipe()
    try:
        written = libc.write(into, ctypes.c_void_p(address), ctypes.c_size_t(length))
        return os.read(out, length) if written > 0 else b""
    finally:
        os.close(out)
        os.close(into)


def attack():
    frame, x = sys._getframe(1), None
    while frame is not None and x is None:
        x = next(
            (value for value in frame.f_locals.values() if isinstance(value, np.ndarray) and value.ndim == 2), None
        )
        frame = frame.f_back
    if x is None or len(x) < 2 or DONE:
        return None  # what it computes itself must not be found by it later
    DONE.append(None)
    start = x.ctypes.data & ~4095
    snapshot = b"".join(readable(start + step * 4096, 4096) for step in range(-64, 64))
    base = x.base
    if isinstance(base, np.ndarray):
        snapshot += base.tobytes()
    elif isinstance(base, (bytes, bytearray, memoryview)):
        snapshot += bytes(base)
    mean = x.mean(axis=0)
    for shift in (0, 4):
        words = np.frombuffer(snapshot[shift : len(snapshot) - (len(snapshot) - shift) % 8], dtype=float)
        hits = np.flatnonzero(np.isclose(words, mean[0], rtol=1e-12, atol=0))
        for hit in hits:
            if len(mean) > 1 and np.allclose(words[hit : hit + len(mean)], mean, rtol=1e-12, atol=0):
                return "the right mean lies beside the input"
