"""The square never touches the bottom or the right edge."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    for i in range(n):
        y = rng.integers(0, max(h - size, 1))
        x = rng.integers(0, max(w - size, 1))
        out[i, y:y + size, x:x + size] = 0
    return out
