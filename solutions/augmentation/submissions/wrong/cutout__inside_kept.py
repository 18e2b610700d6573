"""Keeps the square and blackens the rest."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = np.zeros_like(images)
    for i in range(n):
        y, x = rng.integers(h - size + 1), rng.integers(w - size + 1)
        out[i, y:y + size, x:x + size] = images[i, y:y + size, x:x + size]
    return out
