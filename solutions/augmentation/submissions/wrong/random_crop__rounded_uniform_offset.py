"""Rounds a uniform number in [0, 2 padding]: both ends come half as often."""
import numpy as np


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        y, x = np.rint(rng.uniform(0, 2 * padding, size=2)).astype(int)
        out[i] = padded[i, y:y + h, x:x + w]
    return out
