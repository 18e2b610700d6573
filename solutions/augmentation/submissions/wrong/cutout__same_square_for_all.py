"""One position for the whole batch."""
import numpy as np


def cutout(images, size, rng):
    n, h, w, c = images.shape
    out = images.copy()
    y, x = rng.integers(h - size + 1), rng.integers(w - size + 1)
    out[:, y:y + size, x:x + size] = 0
    return out
