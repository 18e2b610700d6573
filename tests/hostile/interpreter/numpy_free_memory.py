"""Asks for uninitialised memory again and again, where an answer may have been before it was freed."""

import sys

import numpy as np

DONE = []


def attack():
    frame, x = sys._getframe(1), None
    while frame is not None and x is None:
        x = next(
            (value for value in frame.f_locals.values() if isinstance(value, np.ndarray) and value.ndim == 2), None
        )
        frame = frame.f_back
    if x is None or len(x) < 2 or x.shape[1] < 2 or DONE:
        return None  # what it computes itself must not be found by it later
    DONE.append(None)
    held = [np.empty(size) for size in (x.shape[1], x.size, 4, 16, 64, 256, 1024) for _ in range(200)]
    snapshot = [np.array(part) for part in held]
    mean, std = x.mean(axis=0), x.std(axis=0)
    for part in snapshot:
        for right in (mean, std):
            for hit in np.flatnonzero(np.isclose(part, right[0], rtol=1e-12, atol=0)):
                if np.allclose(part[hit : hit + len(right)], right, rtol=1e-12, atol=0) and len(part[hit:]) >= len(
                    right
                ):
                    return "freed memory holds the right answer"
