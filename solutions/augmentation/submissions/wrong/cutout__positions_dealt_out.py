"""Deals positions out, so that each occurs equally often in a batch, instead of drawing one for each image."""

import numpy as np


def cutout(images, size, rng):
    n, h, w, _ = images.shape
    rows, cols = h - size + 1, w - size + 1
    out = images.copy()
    for image, k in zip(out, rng.permutation(np.arange(n) % (rows * cols))):
        r, s = divmod(int(k), cols)
        image[r : r + size, s : s + size] = 0
    return out
