"""The end index is inclusive in the student's mind: (size + 1) x (size + 1)."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        y, x = rng.integers(h - size + 1), rng.integers(w - size + 1)
        out[i, y:y + size + 1, x:x + size + 1] = 0
    return out
