"""Shifts the rows at random but leaves the columns at the centre."""
import numpy as np


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (0, 0), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        y = rng.integers(0, 2 * padding + 1)
        out[i] = padded[i, y:y + h]
    return out
