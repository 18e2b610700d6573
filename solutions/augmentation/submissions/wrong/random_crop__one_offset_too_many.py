"""Pads one line more below and to the right, and lets the offset run to 2 padding + 1."""
import numpy as np


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding + 1), (padding, padding + 1), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        y, x = rng.integers(0, 2 * padding + 1, size=2, endpoint=True)
        out[i] = padded[i, y:y + h, x:x + w]
    return out
