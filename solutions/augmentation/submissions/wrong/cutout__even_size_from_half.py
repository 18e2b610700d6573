"""Half the size on either side of the centre, so odd sizes lose a row and a column."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    half = size // 2
    out = images.copy()
    for i in range(n):
        y = rng.integers(half, h - half + 1)
        x = rng.integers(half, w - half + 1)
        out[i, y - half:y + half, x - half:x + half] = 0
    return out
