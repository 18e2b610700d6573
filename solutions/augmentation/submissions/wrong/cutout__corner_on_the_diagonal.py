"""One number serves as row and as column."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        o = rng.integers(min(h, w) - size + 1)
        out[i, o:o + size, o:o + size] = 0
    return out
