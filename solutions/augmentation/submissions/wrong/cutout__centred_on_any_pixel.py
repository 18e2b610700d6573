"""The centre is uniform over all pixels and the square is clipped at the border."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        y, x = rng.integers(h), rng.integers(w)
        top, left = y - size // 2, x - size // 2
        out[i, max(top, 0):max(top + size, 0), max(left, 0):max(left + size, 0)] = 0
    return out
