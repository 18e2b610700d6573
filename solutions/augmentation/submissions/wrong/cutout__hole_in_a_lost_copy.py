"""Indexing with a list makes a copy, and the hole is cut there: images come back unchanged."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        y, x = rng.integers(h - size + 1), rng.integers(w - size + 1)
        out[[i]][:, y:y + size, x:x + size] = 0
    return out
