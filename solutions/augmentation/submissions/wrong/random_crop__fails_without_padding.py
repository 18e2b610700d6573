"""Slices [padding:-padding], which is empty for padding 0 and raises."""
import numpy as np


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    canvas = np.zeros((n, h + 2 * padding, w + 2 * padding, c))
    canvas[:, padding:-padding, padding:-padding] = images
    out = np.empty_like(images)
    for i in range(n):
        y, x = rng.integers(0, 2 * padding + 1, size=2)
        out[i] = canvas[i, y:y + h, x:x + w]
    return out
