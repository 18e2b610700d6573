"""Blackens full rows: the column slice is missing."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        y = rng.integers(h - size + 1)
        out[i, y:y + size] = 0
    return out
