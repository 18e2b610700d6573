"""Applies the hole with probability one half, as a library does by default."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        if rng.random() < 0.5:
            y, x = rng.integers(h - size + 1), rng.integers(w - size + 1)
            out[i, y:y + size, x:x + size] = 0
    return out
