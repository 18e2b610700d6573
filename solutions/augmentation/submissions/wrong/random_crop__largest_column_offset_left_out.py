"""Rows are right, columns never reach offset 2 padding."""
import numpy as np


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        y = int(rng.random() * (2 * padding + 1))
        x = int(rng.random() * (2 * padding))
        out[i] = padded[i, y:y + h, x:x + w]
    return out
