"""The top-left corner is uniform over all pixels, so squares hang over the edge."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        y, x = rng.integers(h), rng.integers(w)
        out[i, y:y + size, x:x + size] = 0
    return out
