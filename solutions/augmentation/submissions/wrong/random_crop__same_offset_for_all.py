"""Draws one offset for the whole batch."""
import numpy as np


def random_crop(images, padding, rng):
    n, h, w, c = images.shape
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    y, x = rng.integers(0, 2 * padding + 1, size=2)
    return padded[:, y:y + h, x:x + w]
