"""Offsets run from 0 to padding instead of 2 padding."""
import numpy as np


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        y, x = rng.integers(0, padding + 1, size=2)
        out[i] = padded[i, y:y + h, x:x + w]
    return out
